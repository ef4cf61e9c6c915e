/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentTest {

    private static final String ARMS = "seeds: [1]\narms:\n  one: {}\n";

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("trial.yaml");
    }

    @Test
    void anArmIsTheCommonSettingsWithItsOwn() {
        Experiment read =
                read(
                        """
                        seeds: [4, 0]
                        settings:
                          crop: 24
                          loss: {beta: 0.5, maskRate: 0.1}
                        arms:
                          plain:
                          masked: {loss.maskRate: 0.4, epochs: 7}
                        """);

        assertThat(read.arms()).containsExactly("plain", "masked");
        assertThat(read.plan().seeds()).containsExactly(4L, 0L);
        assertThat(read.plan().name()).isEqualTo("trial");
        assertThat(read.isContinued()).isFalse();
        assertThat(read.settings("plain", 4, Optional.empty()))
                .isEqualTo(
                        RunSettings.of(
                                Map.of(
                                        "seed",
                                        "4",
                                        "crop",
                                        "24",
                                        "loss.beta",
                                        "0.5",
                                        "loss.maskRate",
                                        "0.1")));
        assertThat(read.settings("masked", 0, Optional.empty()))
                .isEqualTo(
                        RunSettings.of(
                                Map.of(
                                        "seed",
                                        "0",
                                        "crop",
                                        "24",
                                        "loss.beta",
                                        "0.5",
                                        "loss.maskRate",
                                        "0.4",
                                        "epochs",
                                        "7")));
        assertThat(read.own("plain")).isEmpty();
        assertThat(read.own("masked")).containsExactly("loss.maskRate: 0.4", "epochs: 7");
    }

    @Test
    void whatIsLeftOut() {
        ExperimentPlan plan = read(ARMS).plan();

        assertThat(plan.data()).isEmpty();
        assertThat(plan.evaluate()).isEmpty();
        assertThat(plan.subsets()).isEmpty();
        assertThat(plan.overlap()).isEmpty();
        assertThat(plan.processes()).isEqualTo(1);
        assertThat(plan.threads()).isEmpty();
    }

    @Test
    void casesAreAFolderOrPhantoms() {
        ExperimentPlan plan =
                read("""
                name: A trial
                data: some/folder
                evaluate:
                  phantoms: {subjects: 3, seed: 5, shape: 40, noise: 0.2}
                subsets: [all, flair+t2]
                overlap: 0.25
                processes: 3
                threads: 2
                """
                                + ARMS)
                        .plan();

        assertThat(plan.name()).isEqualTo("A trial");
        assertThat(plan.data()).contains(CohortSource.of(Path.of("some/folder")));
        assertThat(plan.evaluate().orElseThrow().phantoms())
                .contains(
                        new CohortSource.Phantoms(
                                3,
                                Optional.of(5L),
                                Optional.of(VolumeSize.cube(40)),
                                Optional.of(0.2),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
        assertThat(plan.subsets()).containsExactly("all", "flair+t2");
        assertThat(plan.overlap()).contains(0.25);
        assertThat(plan.processes()).isEqualTo(3);
        assertThat(plan.threads()).contains(2);
    }

    @Test
    void theEarlierNameOfTheCasesToEvaluateOn() {
        assertThat(read("judge: {phantoms: {subjects: 3}}\n" + ARMS).plan())
                .isEqualTo(read("evaluate: {phantoms: {subjects: 3}}\n" + ARMS).plan());
        refuses("evaluate: a\njudge: b\n" + ARMS)
                .hasMessage(file + ":2: key 'evaluate' is given twice");
    }

    @Test
    void aListMayBeTextWithCommas() {
        assertThat(read("subsets: all, flair+t2\n" + ARMS).plan().subsets())
                .containsExactly("all", "flair+t2");
    }

    @Test
    void aStartIsAnArmOrHasItsOwnSettings() {
        String arms = "seeds: [3]\narms:\n  base: {loss.preset: none}\n  gss: {epochs: 9}\n";
        Experiment own = read("start: {epochs: 2}\nsettings: {lr: 0.5}\n" + arms);
        assertThat(own.isContinued()).isTrue();
        // Another seed than the arms': they see crops that the start has not seen.
        assertThat(own.start(3))
                .isEqualTo(RunSettings.of(Map.of("epochs", "2", "lr", "0.5", "seed", "-4")));
        assertThat(own.settings("gss", 3, Optional.of(Path.of("w.npz"))))
                .isEqualTo(
                        RunSettings.of(
                                Map.of(
                                        "epochs",
                                        "9",
                                        "lr",
                                        "0.5",
                                        "seed",
                                        "3",
                                        "model.weights",
                                        "w.npz")));

        Experiment arm = read("start: base\n" + arms);
        assertThat(arm.start(0))
                .isEqualTo(RunSettings.of(Map.of("loss.preset", "none", "seed", "-1")));
        assertThat(read("start: {}\n" + arms).start(0))
                .isEqualTo(RunSettings.of(Map.of("seed", "-1")));
    }

    @Test
    void slipsAreToldWithTheirLine() {
        refuses("arm: 3\n" + ARMS).hasMessage(file + ":1: unknown key 'arm', did you mean 'arms'?");
        refuses(ARMS + "optimiser: adam\n")
                .hasMessage(
                        file
                                + ":4: unknown key 'optimiser' (known: name, data, evaluate,"
                                + " subsets, overlap, seeds, folds, oneFoldPerSeed, splits,"
                                + " processes, threads, settings, start, arms)");
        refuses("settings: {epoch: 3}\n" + ARMS)
                .hasMessage(file + ":1: unknown key 'epoch', did you mean 'epochs'?");
        refuses("seeds: [1]\narms:\n  a: {}\n  b:\n    loss.betta: 1\n")
                .hasMessage(file + ":5: unknown key 'loss.betta', did you mean 'loss.beta'?");
        refuses("seeds: [1]\narms:\n  b: {loss: {beta: -1}}\n")
                .hasMessage(file + ":3: loss.beta: expected a number of at least 0, got -1");
        refuses("data: {phantoms: {subject: 3}}\n" + ARMS)
                .hasMessage(
                        file
                                + ":1: unknown key 'data.phantoms.subject', did you mean"
                                + " 'data.phantoms.subjects'?");
        refuses("data: {phantom: {subjects: 3, sizes: 4}}\n" + ARMS)
                .hasMessageStartingWith(file + ":1: unknown key 'data.phantom.subjects'");
    }

    @Test
    void valuesThatDoNotFit() {
        refuses("seeds: [1, 1]\narms: {a: {}}\n")
                .hasMessage(
                        file
                                + ":1: seeds: expected a list of different whole numbers of at"
                                + " least 0, such as [1, 2, 3], got [1,1]");
        refuses("seeds: [-1]\narms: {a: {}}\n").hasMessageEndingWith(", got [-1]");
        refuses("seeds: []\narms: {a: {}}\n").hasMessageEndingWith(", got []");
        refuses("seeds: [1.5]\narms: {a: {}}\n").hasMessageEndingWith(", got [1.5]");
        refuses("arms: {a: {}}\n")
                .hasMessageContaining(": seeds: expected a list of different")
                .hasMessageEndingWith(", got nothing");
        refuses("processes: 0\n" + ARMS)
                .hasMessage(file + ":1: processes: expected a number of at least 1, got 0");
        refuses("threads: 0\n" + ARMS)
                .hasMessage(file + ":1: threads: expected a number of at least 1, got 0");
        refuses("overlap: 1\n" + ARMS)
                .hasMessage(file + ":1: overlap: expected 0 to below 1, got 1");
        refuses("subsets: {all: 1}\n" + ARMS)
                .hasMessageStartingWith(file + ":1: unknown key 'subsets.all'");
        refuses("subsets: [[all]]\n" + ARMS)
                .hasMessage(
                        file
                                + ":1: subsets: expected a list such as [all, flair, t1ce+t2], got"
                                + " [[\"all\"]]");
        refuses("data: {phantoms: {seed: 3}}\n" + ARMS)
                .hasMessage(
                        file + ": data.phantoms.subjects: expected a whole number, got nothing");
        refuses("evaluate: {phantoms: {subjects: 1, noise: much}}\n" + ARMS)
                .hasMessage(file + ":1: evaluate.phantoms.noise: expected a number, got 'much'");
        refuses("evaluate: [a]\n" + ARMS)
                .hasMessage(
                        file
                                + ":1: evaluate: expected a folder, or phantoms with their"
                                + " settings, got [\"a\"]");
        refuses("settings: 3\n" + ARMS)
                .hasMessage(file + ":1: settings: expected keys under it, got 3");
    }

    @Test
    void armsThatCannotBe() {
        refuses("seeds: [1]\n")
                .hasMessage(file + ": arms: expected at least one name with settings, got nothing");
        refuses("seeds: [1]\narms: {start: {}}\n")
                .hasMessage(
                        file
                                + ":2: arms: expected names of up to 60 letters, digits, - and _"
                                + " (start is not free), got 'start'");
        refuses("seeds: [1]\narms: {a/b: {}}\n").hasMessageEndingWith("got 'a/b'");
        refuses("seeds: [1]\narms: {a: 3}\n")
                .hasMessage(file + ":2: arms.a: expected settings under it, got 3");
        String seed = "expected nothing here, as the key seeds has the seeds, got 2";
        refuses("seeds: [1]\narms: {a: {seed: 2}}\n").hasMessage(file + ":2: arms.a.seed: " + seed);
        refuses("settings: {seed: 2}\n" + ARMS).hasMessage(file + ":1: settings.seed: " + seed);
        refuses("start: {seed: 2}\n" + ARMS).hasMessage(file + ":1: start.seed: " + seed);
        refuses("settings: {threads: 2}\n" + ARMS)
                .hasMessage(
                        file
                                + ":1: settings.threads: expected nothing here, as the experiment's"
                                + " key threads has them, got 2");
        refuses("start: two\n" + ARMS)
                .hasMessage(
                        file
                                + ":1: start: expected the name of an arm (one) or settings, got"
                                + " 'two'");
        refuses("start: {}\nseeds: [1]\narms: {a: {model.weights: x.npz}}\n")
                .hasMessage(
                        file
                                + ":3: arms.a.model.weights: expected nothing here, as every arm"
                                + " has the weights of the start, got 'x.npz'");
        // What came from no line of the file is told with the arm.
        refuses("seeds: [1]\narms: {a: {model.name: mmformer, crop: 40}}\n")
                .hasMessage(
                        file
                                + ":2: crop: expected a cube of a multiple of 16 of at least 32,"
                                + " got 40");
        refuses("seeds: [1]\narms: {a: {model.name: mmformer, model.patch: 4}}\n")
                .hasMessage(
                        file + ": arms.a: crop: expected 64, 16 times the patch size 4, got 128");
    }

    private Experiment read(String yaml) {
        try {
            Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Experiment.read(file);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refuses(String yaml) {
        return assertThatThrownBy(() -> read(yaml)).isInstanceOf(UserInputException.class);
    }
}
