/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.core.Pages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    @Test
    void everyLinkLeadsToAFileAndItsHeading() throws IOException {
        List<Path> pages = new ArrayList<>(Pages.all());
        for (String page : List.of("CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")) {
            pages.add(Path.of("..", ".github", page));
        }
        pages.add(Path.of("..", "src-test-data", "README.md"));
        pages.add(Path.of("..", "examples", "program", "docs", "RESULTS.md"));
        for (Path page : pages) {
            for (String link : links(page)) {
                String[] parts = link.split("#", 2);
                Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
                assertThat(target).as("%s: %s", page, link).exists();
                if (parts.length > 1) {
                    assertThat(headings(target)).as("%s: %s", page, link).contains(parts[1]);
                }
            }
        }
    }

    @Test
    void theReadmeLeadsToEveryPage() throws IOException {
        List<Path> linked =
                links(Pages.README).stream()
                        .map(link -> Pages.README.resolveSibling(link).normalize())
                        .toList();
        List<Path> pages = new ArrayList<>(Pages.all());
        pages.remove(Pages.README);
        assertThat(linked).containsAll(pages);
    }

    @Test
    void theReadmeNamesTheVersionsOfTheEngineThatTheBuildHas() throws IOException {
        String djl = property("djl.version");
        String pytorch = property("pytorch.version");

        assertThat(Pages.text(Pages.README).replaceAll("\\s+", " "))
                .contains("`ai.djl.pytorch:pytorch-engine` " + djl)
                .contains("`pytorch-jni` " + pytorch + "-" + djl)
                .contains("`pytorch-native-cpu` " + pytorch + " with");
    }

    private static String property(String name) throws IOException {
        Matcher found =
                Pattern.compile("<%1$s>(.*)</%1$s>".formatted(name))
                        .matcher(Pages.text(Path.of("..", "pom.xml")));
        assertThat(found.find()).as(name).isTrue();
        return found.group(1);
    }

    private static List<String> links(Path page) throws IOException {
        return Pattern.compile("]\\(([^)\\s]+)\\)")
                .matcher(Pages.text(page))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.startsWith("http"))
                .toList();
    }

    /** The anchors of a page's headings. */
    private static List<String> headings(Path page) throws IOException {
        return Pages.text(page)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(line -> line.replaceAll("[^\\w -]", "").replace(' ', '-'))
                .toList();
    }

    /** It is compiled and run there as well, by the build alone. */
    @Test
    void theModuleTestUsesTheLossAsTheReadmeDoes() throws IOException {
        Path user = Path.of("src/it/own-trainer/src/main/java/mine/OwnTrainer.java");
        assertThat(Pages.text(user)).contains(Pages.blocks(Pages.README, "java").get(0).indent(8));
    }
}
