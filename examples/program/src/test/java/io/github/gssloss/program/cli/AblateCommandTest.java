/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AblateCommandTest {

    private static final String YAML =
            """
            name: Trial
            subsets: [all]
            overlap: 0
            seeds: [1, 2]
            settings: {model.width: 4, crop: 16, batch: 1, epochs: 1, iterations: 1, loss.preset: none}
            arms:
              a: {}
              b: {lr: 1.0e+30}
            """;

    @TempDir private Path folder;
    private final CommandHarness gss = new CommandHarness();
    private final String home = System.getProperty("gss.home");
    private String file;
    private String data;
    private String out;

    @BeforeEach
    void files() throws IOException {
        file = Files.writeString(folder.resolve("trial.yaml"), YAML).toString();
        data = folder.resolve("data").toString();
        out = folder.resolve("out").toString();
        PhantomSettings small = PhantomSettings.ofSeed(5).withShape(32, 32, 32);
        PhantomCohort.write(Path.of(data), 1, small, done -> {});
    }

    @AfterEach
    void homeAgain() {
        if (home == null) {
            System.clearProperty("gss.home");
        } else {
            System.setProperty("gss.home", home);
        }
    }

    @Test
    void worksOnTheCellsThatAreChosen() {
        assertThat(ablate("--only", "a", "--seeds", "2")).isZero();
        assertThat(gss.errLines()).isEmpty();
        assertThat(gss.out())
                .containsPattern("cell 1 of 1: a-seed2: Dice \\d+\\.\\d %, trained in")
                .contains("Tables and report in " + out);

        assertThat(ablate("--list")).isZero();
        assertThat(gss.out().lines())
                .containsExactly(
                        "a-seed1  waiting",
                        "b-seed1  waiting",
                        "a-seed2  finished",
                        "b-seed2  waiting");
    }

    @Test
    void cellsThatFailedAreNamedAndTheExitCodeIsNotZero() throws IOException {
        Files.writeString(Path.of(file), YAML.replace("iterations: 1", "iterations: 3"));
        assertThat(ablate("--only=b", "--seeds=1")).isEqualTo(2);
        assertThat(gss.errLines()).hasSize(1);
        assertThat(gss.errLines().get(0)).startsWith("gss ablate: b-seed1 failed: step ");
    }

    @Test
    void theOptionsEarlierNameIsTaken() {
        assertThat(gss.run("ablate", file, "--out", out, "--data", data, "--judge", data, "--list"))
                .isZero();
        assertThat(gss.out()).contains("a-seed1  waiting");
        assertThat(gss.run("ablate", "--help")).isZero();
        assertThat(gss.out()).contains("--evaluate=FOLDER").doesNotContain("judge");
    }

    @Test
    void findsWhatShipsWithTheProgram() throws IOException {
        System.setProperty("gss.home", folder.toString());
        Path shipped = Files.createDirectory(folder.resolve("experiments"));
        Files.writeString(shipped.resolve("mine.yaml"), YAML);
        Files.writeString(shipped.resolve("other.yaml"), YAML);
        file = "mine";
        assertThat(ablate("--list")).isZero();

        file = "yours";
        assertThat(ablate("--list")).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly(
                        "gss ablate: experiment: expected a YAML file or one of mine, other, got"
                                + " 'yours'");
        System.clearProperty("gss.home");
        assertThat(ablate("--list")).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly("gss ablate: experiment: expected a YAML file, got 'yours'");
    }

    @Test
    void refusesWhatCannotBeUsed() throws IOException {
        refuses("--data nowhere: expected a folder, got nothing there", "--data", "nowhere");
        String evaluate = "--evaluate " + file + ": expected a folder, got a file";
        refuses(evaluate, "--evaluate", file);
        refuses("--threads: expected a whole number of at least 1, got 0", "--threads=0");
        assertThat(gss.run("ablate", file)).isEqualTo(2);
        assertThat(gss.errLines().get(0))
                .isEqualTo("gss ablate: Missing required option: '--out=DIR'");
        assertThat(gss.run("ablate", file, "--out", out, "--seeds", "one")).isEqualTo(2);
        assertThat(gss.errLines().get(0)).contains("--seeds", "'one' is not a long");
        Files.writeString(Path.of(file), "seeds: [1]\narms: {a: {crops: 16}}\n");
        refuses(file + ":2: unknown key 'crops', did you mean 'crop'?");
        assertThat(Path.of(out)).doesNotExist();
    }

    @Test
    void helpSaysWhatItDoes() {
        assertThat(gss.run("ablate", "--help")).isZero();
        assertThat(gss.out())
                .contains("EXPERIMENT", "--out=DIR", "--only=ARM", "--list", "Exits with 2")
                .contains("--threads=N");
    }

    private int ablate(String... further) {
        List<String> args = new ArrayList<>(List.of("ablate", file, "--out", out));
        args.addAll(List.of("--data", data, "--evaluate", data));
        args.addAll(List.of(further));
        return gss.run(args.toArray(String[]::new));
    }

    private void refuses(String line, String... further) {
        List<String> args = new ArrayList<>(List.of("ablate", file, "--out", out));
        args.addAll(List.of(further));
        assertThat(gss.run(args.toArray(String[]::new))).isEqualTo(2);
        assertThat(gss.errLines()).containsExactly("gss ablate: " + line);
    }
}
