/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.core.Pages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pages but the core's guide show Java that the tests here compile and run, and no other. */
class PagesTest {

    @Test
    void allJavaOnThePagesRunsAndAllThatRunsForThemIsPrinted() throws IOException {
        List<String> printed = new ArrayList<>();
        List<Path> pages = new ArrayList<>(Pages.all());
        // The tests of gss-core run its code.
        assertThat(pages.remove(Pages.CORE)).isTrue();
        for (Path page : pages) {
            printed.addAll(Pages.blocks(page, "java"));
        }
        assertThat(pages).contains(Pages.README, Pages.TRAINER);
        assertThat(printed)
                .containsExactlyInAnyOrderElementsOf(Pages.snippets("io/github/gssloss/djl"));
    }

    /** It is compiled and run there as well, by the build alone. */
    @Test
    void theModuleTestUsesTheLossAsTheReadmeDoes() throws IOException {
        Path user = Path.of("src/it/own-trainer/src/main/java/mine/OwnTrainer.java");
        assertThat(Pages.text(user)).contains(Pages.blocks(Pages.README, "java").get(0).indent(8));
    }
}
