/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AblateCommandTest {

    private static final String YAML = "name: Trial\nseeds: [1, 2]\narms:\n  a: {}\n  b: {lr: 1}\n";

    @TempDir private Path folder;
    private final List<AblateRequest> calls = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final CommandHarness gss =
            new CommandHarness(
                    new AblateCommand(
                            (request, console) -> {
                                calls.add(request);
                                return failures;
                            }));
    private final String home = System.getProperty("gss.home");
    private String file;

    @BeforeEach
    void file() throws IOException {
        file = Files.writeString(folder.resolve("trial.yaml"), YAML).toString();
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
    void handsOverWhatIsWanted() throws IOException {
        String data = Files.createDirectory(folder.resolve("data")).toString();
        String judge = Files.createDirectory(folder.resolve("judge")).toString();

        assertThat(gss.run("ablate", file, "--out", "x")).isZero();
        assertThat(
                        gss.run(
                                "ablate", file, "--out", "x", "--data", data, "--judge", judge,
                                "--only", "a,b", "--seeds", "2", "--list"))
                .isZero();

        AblateRequest plain = calls.get(0);
        assertThat(plain.experiment().arms()).containsExactly("a", "b");
        assertThat(plain.out()).isEqualTo(Path.of("x"));
        assertThat(plain.data()).isEmpty();
        assertThat(plain.judge()).isEmpty();
        assertThat(plain.only()).isEmpty();
        assertThat(plain.seeds()).isEmpty();
        assertThat(plain.list()).isFalse();
        AblateRequest all = calls.get(1);
        assertThat(all.data()).isEqualTo(Optional.of(Path.of(data)));
        assertThat(all.judge()).isEqualTo(Optional.of(Path.of(judge)));
        assertThat(all.only()).containsExactly("a", "b");
        assertThat(all.seeds()).containsExactly(2L);
        assertThat(all.list()).isTrue();
    }

    @Test
    void cellsThatFailedAreToldAndTheExitCodeIsNotZero() {
        failures.add("a-seed1 failed: step 3: the loss is not finite");
        assertThat(gss.run("ablate", file, "--out", "x")).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly("gss ablate: a-seed1 failed: step 3: the loss is not finite");
    }

    @Test
    void findsWhatShipsWithTheProgram() throws IOException {
        System.setProperty("gss.home", folder.toString());
        Path shipped = Files.createDirectory(folder.resolve("experiments"));
        Files.writeString(shipped.resolve("mine.yaml"), YAML);
        Files.writeString(shipped.resolve("other.yaml"), YAML);

        assertThat(gss.run("ablate", "mine", "--out", "x")).isZero();
        assertThat(calls.get(0).experiment().plan().name()).isEqualTo("Trial");
        assertThat(gss.run("ablate", "yours", "--out", "x")).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly(
                        "gss ablate: experiment: expected a YAML file or one of mine, other, got"
                                + " 'yours'");
        System.clearProperty("gss.home");
        assertThat(gss.run("ablate", "yours", "--out", "x")).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly("gss ablate: experiment: expected a YAML file, got 'yours'");
    }

    @Test
    void refusesWhatCannotBeUsed() throws IOException {
        assertThat(gss.run("ablate", file, "--out", "x", "--data", "nowhere")).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly(
                        "gss ablate: --data nowhere: expected a folder, got nothing there");
        assertThat(gss.run("ablate", file, "--out", "x", "--judge", file)).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly("gss ablate: --judge " + file + ": expected a folder, got a file");
        assertThat(gss.run("ablate", file)).isEqualTo(2);
        assertThat(gss.errLines().get(0))
                .isEqualTo("gss ablate: Missing required option: '--out=DIR'");
        assertThat(gss.run("ablate", file, "--out", "x", "--seeds", "one")).isEqualTo(2);
        assertThat(gss.errLines().get(0)).contains("--seeds", "'one' is not a long");
        Files.writeString(Path.of(file), "seeds: [1]\narms: {a: {crops: 16}}\n");
        assertThat(gss.run("ablate", file, "--out", "x")).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly(
                        "gss ablate: " + file + ":2: unknown key 'crops', did you mean 'crop'?");
        assertThat(calls).isEmpty();
    }

    @Test
    void helpSaysWhatItDoes() {
        assertThat(gss.run("ablate", "--help")).isZero();
        assertThat(gss.out())
                .contains("EXPERIMENT", "--out=DIR", "--only=ARM", "--list", "Exits with 2");
    }
}
