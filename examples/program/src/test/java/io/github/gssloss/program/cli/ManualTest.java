/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.gssloss.program.config.Experiment;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.config.SettingKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The program's pages: commands in blocks marked {@code sh} run in their order, each in a process
 * of its own; of those marked {@code console}, which want other people's images or hours, the
 * options are read.
 */
class ManualTest {

    private static final Path DOCS = Path.of("docs");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @TempDir private Path folder;

    @Test
    void theCommandsRunInTheirOrder() throws Exception {
        Path reference = Files.createDirectories(folder.resolve("home").resolve("reference"));
        try (Stream<Path> shipped = Files.list(Path.of("..", "..", "src-test-data"))) {
            for (Path file : shipped.filter(one -> one.toString().endsWith(".npz")).toList()) {
                Files.copy(file, reference.resolve(file.getFileName()));
            }
        }
        int commands = 0;
        for (String page :
                List.of(
                        "data.md",
                        "training.md",
                        "evaluating.md",
                        "predicting.md",
                        "checking.md")) {
            for (String line : commands(page, "sh")) {
                String output = run(line);
                if (line.equals("gss check looked")) {
                    assertThat(page(page)).contains("\n" + output);
                }
                commands++;
            }
        }
        assertThat(commands).isGreaterThan(10);
        assertThat(folder.resolve("evaluated").resolve("report.html")).isNotEmptyFile();
        assertThat(folder.resolve("compared").resolve("comparison.md")).isNotEmptyFile();
        assertThat(folder.resolve("segmented.nii.gz")).isNotEmptyFile();
        assertThat(folder.resolve("predicted").resolve("volumes.csv")).isNotEmptyFile();
        assertThat(folder.resolve("doubt_disagreement.nii.gz")).isNotEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data.md",
                "training.md",
                "when-branches-do-not-learn.md",
                "evaluating.md",
                "predicting.md",
                "experiments.md",
                "checking.md",
                "your-own-data.md"
            })
    void everyCommandHasTheseOptions(String page) throws IOException {
        List<String> lines = new ArrayList<>(commands(page, "sh"));
        lines.addAll(commands(page, "console"));
        assertThat(lines).isNotEmpty();
        for (String line : lines) {
            String[] words = words(line).toArray(String[]::new);
            assertThatCode(() -> Gss.commandLine().parseArgs(words))
                    .as(line)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void theSettingsAndTheExperimentAreRead() throws IOException {
        Path settings = Files.writeString(folder.resolve("s.yaml"), yaml("training.md"));
        assertThat(RunSettings.read(settings, Map.of()).crop()).hasToString("80");
        Path ramped =
                Files.writeString(folder.resolve("r.yaml"), yaml("when-branches-do-not-learn.md"));
        assertThat(RunSettings.read(ramped, Map.of()).loss().ramp().epochs()).isEqualTo(150);
        Path experiment = Files.writeString(folder.resolve("e.yaml"), yaml("experiments.md"));
        assertThat(Experiment.read(experiment).arms()).containsExactly("unmasked", "masked");
    }

    /** A setting that is given as the table has it changes nothing. */
    @Test
    void theTableOfTheNetworksHasTheirDefaults() throws IOException {
        List<String[]> rows =
                page("training.md")
                        .lines()
                        .dropWhile(line -> !line.startsWith("| setting | RFNet |"))
                        .takeWhile(line -> line.startsWith("|"))
                        .map(line -> line.replace("`", "").replace("|", " ").strip())
                        .map(line -> line.split(" +", -1))
                        .toList();
        List<String> networks = List.of("rfnet", "mmformer", "uhved", "robustseg");
        assertThat(rows).hasSizeGreaterThan(8);
        for (int i = 0; i < networks.size(); i++) {
            Map<String, String> values = new LinkedHashMap<>();
            values.put("model.name", networks.get(i));
            RunSettings defaults = RunSettings.of(values);
            for (String[] row : rows.subList(2, rows.size())) {
                values.put(row[0], row[1 + i]);
            }
            assertThat(RunSettings.of(values)).isEqualTo(defaults);
        }
    }

    /** What the page names between backquotes, and what its commands set. */
    @Test
    void theRemediesAreSettings() throws IOException {
        String page = "when-branches-do-not-learn.md";
        List<String> keys = SettingKey.all().stream().map(SettingKey::name).toList();
        List<String> named =
                Pattern.compile("`(loss[.][A-Za-z.]+)[:`]")
                        .matcher(page(page))
                        .results()
                        .map(found -> found.group(1))
                        .toList();
        assertThat(named).hasSizeGreaterThan(10);
        assertThat(keys).containsAll(named);
        Path settings = Files.writeString(folder.resolve("s.yaml"), yaml("training.md"));
        for (String line : commands(page, "console")) {
            Map<String, String> values = new LinkedHashMap<>();
            Matcher set = Pattern.compile("--(loss[.]\\S+) (\\S+)").matcher(line);
            while (set.find()) {
                values.put(set.group(1), set.group(2));
            }
            assertThatCode(() -> RunSettings.read(settings, values))
                    .as(line)
                    .doesNotThrowAnyException();
        }
    }

    /** Returns what the command printed, without the line of its progress. */
    private String run(String line) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-Djava.awt.headless=true"));
        command.add("-Dai.djl.pytorch.num_threads=1");
        command.add("-Dai.djl.offline=" + System.getProperty("ai.djl.offline", "false"));
        command.add("-Dgss.home=" + folder.resolve("home"));
        command.add("-Dgss.cache=" + folder.resolve("cache"));
        command.addAll(List.of("-cp", absoluteClassPath(), Gss.class.getName()));
        command.addAll(words(line));
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(line + "\n" + output).isZero();
        return output.lines()
                .filter(one -> !one.startsWith("Checking cases"))
                .collect(Collectors.joining("\n"));
    }

    /** The process starts in another folder. */
    private static String absoluteClassPath() {
        String separator = System.getProperty("path.separator");
        return Pattern.compile(Pattern.quote(separator))
                .splitAsStream(System.getProperty("java.class.path"))
                .map(place -> Path.of(place).toAbsolutePath().toString())
                .reduce((one, next) -> one + separator + next)
                .orElseThrow();
    }

    /** The words after {@code gss}; what stands in quotes is one. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line.substring(line.indexOf("gss ") + "gss ".length()));
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return words;
    }

    private static List<String> commands(String page, String language) throws IOException {
        return blocks(page, language).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("gss ") || line.startsWith("GSS_DEVICE=gpu gss "))
                .toList();
    }

    private static String yaml(String page) throws IOException {
        return blocks(page, "yaml").get(0);
    }

    private static String page(String name) throws IOException {
        return Files.readString(DOCS.resolve(name)).replace("\r\n", "\n");
    }

    private static List<String> blocks(String page, String language) throws IOException {
        Matcher block =
                Pattern.compile("\n```" + language + "\n(.*?)```\n", Pattern.DOTALL)
                        .matcher(page(page));
        List<String> blocks = new ArrayList<>();
        while (block.find()) {
            blocks.add(block.group(1));
        }
        return blocks;
    }
}
