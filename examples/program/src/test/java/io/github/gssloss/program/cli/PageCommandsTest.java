/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What pages, forms and job files show of the command {@code gss}: the program knows it. */
class PageCommandsTest {

    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    /** A line of a shell in a block, with what it goes on with. */
    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^ *```(?:sh|console|bash|shell)\\n(.*?)^ *```$");

    private static final Pattern START =
            Pattern.compile("^\\s*(?:\\$ )?(?:[A-Z_]+=\\S+ +)*(?:\\S*/)?gss (.*)$");
    private static final Pattern INLINE = Pattern.compile("`(?:[A-Z_]+=\\S+ )?gss ([^`\\n]+)`");

    /** What a job file of SLURM or Kubernetes starts. */
    private static final Pattern JOB =
            Pattern.compile("(?s)\\bsrun \"\\$GSS\" ([^\\n]*)|\\bargs: \\[(.*?)\\]");

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    @Test
    void everyLineOfABlockIsParsed() throws IOException {
        List<String> wrong = new ArrayList<>();
        int lines = 0;
        for (Path page : pages()) {
            for (String line : blockLines(Files.readString(page).replace("\r\n", "\n"))) {
                lines++;
                parse(line, wrong, page);
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(lines).isGreaterThan(50);
    }

    /** In running text a command may be shortened; what it names must be there. */
    @Test
    void whatTheTextNamesIsACommandWithTheseOptions() throws IOException {
        List<String> wrong = new ArrayList<>();
        int found = 0;
        for (Path page : pages()) {
            Matcher inline = INLINE.matcher(Files.readString(page));
            while (inline.find()) {
                found++;
                names(inline.group(1), wrong, page);
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(found).isGreaterThan(30);
    }

    /** Their variables stand for numbers. */
    @Test
    void jobFilesStartCommandsWithOptionsThatThereAre() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<String> commands = new ArrayList<>();
        try (Stream<Path> files = Files.list(ROOT.resolve("examples/spark/docs"))) {
            for (Path file :
                    files.filter(one -> one.toString().matches(".*([.]sbatch|-job[.]yaml)"))
                            .toList()) {
                String text = Files.readString(file).replace("\r\n", "\n").replace("\\\n", " ");
                Matcher job = JOB.matcher(text);
                assertThat(job.find()).as(file.toString()).isTrue();
                String line =
                        job.group(1) == null ? job.group(2).replaceAll(",\\s+", " ") : job.group(1);
                commands.add(line.replaceFirst(" .*", ""));
                parse(line.replaceAll("\\$\\(?\\w+\\)?", "1"), wrong, file);
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(commands)
                .containsExactlyInAnyOrder(
                        "ablate", "ablate", "evaluate", "evaluate", "predict", "predict");
    }

    private static void parse(String line, List<String> wrong, Path page) {
        try {
            Gss.commandLine().parseArgs(words(line).toArray(String[]::new));
        } catch (ParameterException e) {
            wrong.add(ROOT.relativize(page) + ": gss " + line + ": " + e.getMessage());
        }
    }

    private static void names(String text, List<String> wrong, Path page) {
        CommandLine command = Gss.commandLine();
        boolean named = true;
        for (String word : words(text)) {
            String option = word.replaceFirst("[=,].*", "");
            if (option.startsWith("--")) {
                named = false;
                if (!command.getCommandSpec().optionsMap().containsKey(option)) {
                    wrong.add(ROOT.relativize(page) + ": `gss " + text + "`: no " + option);
                }
            } else if (named && command.getSubcommands().containsKey(word)) {
                command = command.getSubcommands().get(word);
            } else if (named && command.getCommandSpec().parent() == null && isWord(word)) {
                wrong.add(ROOT.relativize(page) + ": `gss " + text + "`: no command " + word);
                named = false;
            }
        }
    }

    private static boolean isWord(String word) {
        return word.matches("[a-z]+");
    }

    private static List<String> blockLines(String page) {
        List<String> lines = new ArrayList<>();
        Matcher block = BLOCK.matcher(page);
        while (block.find()) {
            for (String line : block.group(1).replace("\\\n", " ").lines().toList()) {
                Matcher start = START.matcher(line);
                if (start.find()) {
                    lines.add(start.group(1).replaceFirst("\\s+(#|\\||>|&&|2>|;).*", ""));
                }
            }
        }
        return lines;
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            words.add(
                    Stream.of(1, 2, 3)
                            .map(word::group)
                            .filter(part -> part != null)
                            .findFirst()
                            .orElseThrow());
        }
        return words;
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT, 6)) {
            return files.filter(file -> file.toString().matches(".*[.](md|ya?ml)"))
                    .filter(file -> !ROOT.relativize(file).toString().matches(".*\\btarget\\b.*"))
                    .sorted()
                    .toList();
        }
    }
}
