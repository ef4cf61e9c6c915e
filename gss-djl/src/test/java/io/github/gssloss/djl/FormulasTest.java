/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.core.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Javadoc prints formulas of LaTeX as they are typed: those of the core and of this module are
 * written in HTML.
 */
class FormulasTest {

    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern JAVADOC = Pattern.compile("/\\*\\*.*?\\*/", Pattern.DOTALL);

    /** What opens a formula, a command such as frac or tau, and an index without HTML. */
    private static final Pattern LATEX =
            Pattern.compile(
                    "\\\\[(\\[]|\\$\\$|\\\\[a-zA-Z]{2,}|\\b[a-zA-Z]{1,2}_(?:[A-Z]|[a-z]+)\\b");

    @Test
    void noCommentHasLatex() throws IOException {
        int comments = 0;
        for (Path module : List.of(Path.of("..", "gss-core"), Path.of("..", "gss-djl"))) {
            List<Path> files;
            try (Stream<Path> found = Files.walk(module.resolve(SOURCES))) {
                files = found.filter(file -> file.toString().endsWith(".java")).toList();
            }
            assertThat(files).as(module.toString()).isNotEmpty();
            for (Path file : files) {
                List<String> javadoc = javadoc(Pages.text(file));
                comments += javadoc.size();
                assertThat(javadoc).as(file.toString()).noneMatch(FormulasTest::hasLatex);
            }
        }
        assertThat(comments).as("comments").isGreaterThan(300);
    }

    @Test
    void latexIsFoundInCommentsAlone() {
        List<String> javadoc =
                javadoc(
                        """
                        /** The sum \\(p\\). */
                        int a = f("\\\\(.)");
                        /**
                         * The weight dL_c.
                         */
                        int b;
                        /** &tau;<sup>2</sup> of t1_ce at T<sub>L</sub>, (a) */
                        """);
        assertThat(javadoc.stream().map(FormulasTest::hasLatex)).containsExactly(true, true, false);
    }

    private static List<String> javadoc(String source) {
        return new ArrayList<>(JAVADOC.matcher(source).results().map(MatchResult::group).toList());
    }

    private static boolean hasLatex(String comment) {
        return LATEX.matcher(comment).find();
    }
}
