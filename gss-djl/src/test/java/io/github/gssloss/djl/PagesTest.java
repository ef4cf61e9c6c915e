/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pages print Java that the tests compile and run, and nothing else. */
class PagesTest {

    @Test
    void allJavaOnThePagesRunsAndAllThatRunsForThemIsPrinted() throws IOException {
        List<String> printed = new ArrayList<>();
        for (Path page : Pages.all()) {
            printed.addAll(Pages.blocks(page, "java"));
        }
        assertThat(Pages.all()).contains(Pages.README, Pages.CORE, Pages.TRAINER);
        assertThat(printed).containsExactlyInAnyOrderElementsOf(Pages.snippets());
    }
}
