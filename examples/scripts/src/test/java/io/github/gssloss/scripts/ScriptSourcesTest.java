/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each script promises its reader, held to its source. */
class ScriptSourcesTest {

    private static final Path SOURCES =
            Path.of("src", "main", "java", "io", "github", "gssloss", "scripts");

    private static final Path TESTS =
            Path.of("src", "test", "java", "io", "github", "gssloss", "scripts");

    private static final int MOST_LINES = 100;
    private static final int MOST_GLOSSARY_LINES = 5;

    /** Classes of ours: those of the libraries and of the modules beside this one. */
    private static final Pattern OURS =
            Pattern.compile("^import io\\.github\\.gssloss\\.[a-z0-9.]+\\.(\\w+);$");

    /** The text in front of the first gap of two blanks: names, then what they are. */
    private static final Pattern GLOSSARY = Pattern.compile("^ \\* (\\w+(?:, \\w+)*) {2,}\\S.*$");

    static List<String> scripts() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .filter(name -> !name.equals("package-info"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theScriptsAreThese() throws IOException {
        assertThat(scripts())
                .containsExactly(
                        "FindLeaders",
                        "SegmentCase",
                        "TrainMmFormer",
                        "TrainRfNet",
                        "TrainTorchScript",
                        "VoteByHand");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void isOnePageWithATest(String script) throws IOException {
        assertThat(lines(script)).hasSizeLessThanOrEqualTo(MOST_LINES);
        assertThat(lines(script)).allMatch(line -> line.length() <= 100);
        assertThat(TESTS.resolve(script + "Test.java")).exists();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void saysHowToRunIt(String script) throws IOException {
        String command = String.join(" ", command(script));

        assertThat(command).startsWith("mvn -q -Pscript -Dscript=" + script);
        assertThat(command.replace("mvn -q -Pscript -Dscript=" + script, ""))
                .doesNotContain("mvn")
                .matches("| +(\\\\ +)?-Dargs=\"[^\"]+\"");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void itsGlossaryNamesEveryClassOfOurs(String script) throws IOException {
        List<String> glossary = glossary(script);
        List<String> named =
                glossary.stream()
                        .flatMap(line -> GLOSSARY.matcher(line).results())
                        .flatMap(line -> Stream.of(line.group(1).split(", ")))
                        .toList();

        assertThat(glossary).hasSizeBetween(1, MOST_GLOSSARY_LINES);
        assertThat(glossary).allMatch(line -> GLOSSARY.matcher(line).matches());
        assertThat(named).containsExactlyInAnyOrderElementsOf(imported(script));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void callsNoOtherScript(String script) throws IOException {
        String code =
                lines(script).stream()
                        .filter(line -> !line.startsWith(" *"))
                        .collect(Collectors.joining("\n"));
        for (String other : scripts()) {
            if (!other.equals(script)) {
                assertThat(code).doesNotContain(other + ".");
            }
        }
    }

    private static List<String> imported(String script) throws IOException {
        List<String> imports =
                lines(script).stream()
                        .filter(line -> line.contains("io.github.gssloss."))
                        .filter(line -> line.startsWith("import"))
                        .toList();
        List<String> names =
                imports.stream()
                        .flatMap(line -> OURS.matcher(line).results())
                        .map((MatchResult found) -> found.group(1))
                        .toList();
        assertThat(names).hasSameSizeAs(imports).isNotEmpty();
        return names;
    }

    private static List<String> command(String script) throws IOException {
        List<String> block = block(script);
        return block.subList(0, block.indexOf(" *")).stream()
                .map(line -> line.substring(" * ".length()))
                .toList();
    }

    private static List<String> glossary(String script) throws IOException {
        List<String> block = block(script);
        return block.subList(block.indexOf(" *") + 1, block.size());
    }

    /** The lines of the only preformatted block of a source. */
    private static List<String> block(String script) throws IOException {
        List<String> lines = lines(script);
        int start = lines.indexOf(" * <pre>");
        int end = lines.indexOf(" * </pre>");
        assertThat(start).isEqualTo(lines.lastIndexOf(" * <pre>"));
        assertThat(end).isGreaterThan(start).isGreaterThan(0);
        return lines.subList(start + 1, end);
    }

    private static List<String> lines(String script) throws IOException {
        return Files.readAllLines(SOURCES.resolve(script + ".java"));
    }
}
