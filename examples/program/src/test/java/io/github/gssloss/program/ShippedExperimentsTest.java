/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.core.Balance;
import io.github.gssloss.core.FallbackTeacher;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.PaperTeacher;
import io.github.gssloss.core.Readiness;
import io.github.gssloss.core.Trust;
import io.github.gssloss.core.UnreadyVote;
import io.github.gssloss.djl.GssLoss;
import io.github.gssloss.program.config.Experiment;
import io.github.gssloss.program.config.LossPreset;
import io.github.gssloss.program.config.LossSettings;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.config.SettingKey;
import io.github.gssloss.program.model.Losses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The experiments that ship with the program can be begun, and their arms are what they say. */
class ShippedExperimentsTest {

    private static final Path FOLDER = Path.of("src/main/experiments");

    /** Those of the paper's size that are about something else than its ablation settings. */
    private static final List<String> NOT_ABLATIONS =
            List.of("Systems (Table 6)", "Missing modalities in training");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyArmIsAnother(Path file) {
        Experiment experiment = Experiment.read(file);

        assertThat(experiment.arms()).hasSizeGreaterThan(1);
        assertThat(experiment.plan().seeds()).hasSizeGreaterThan(1);
        Set<String> arms = new HashSet<>();
        for (String arm : experiment.arms()) {
            RunSettings settings = settings(experiment, arm);
            assertThat(Losses.of(settings)).isNotNull();
            LossSettings loss = settings.loss();
            List<Object> what =
                    List.of(
                            settings.model(),
                            settings.lr(),
                            settings.epochs(),
                            settings.rounds(),
                            Losses.config(settings),
                            loss.ramp(),
                            loss.branchWeight(),
                            settings.missing());
            assertThat(arms.add(what.toString())).as("%s of %s has %s", arm, file, what).isTrue();
        }
    }

    @Test
    void thePapersTables() throws IOException {
        assertThat(files().stream().map(file -> file.getFileName().toString()))
                .contains(
                        "table1-teachers.yaml",
                        "table2-normalisation.yaml",
                        "table3-penalty.yaml",
                        "table4-thresholds.yaml",
                        "table5-temperature.yaml",
                        "table6-systems.yaml",
                        "figure3-leaders.yaml",
                        "figure4-mask.yaml");
        for (Path file : files()) {
            Experiment experiment = Experiment.read(file);
            // The others make phantoms, or are small enough for two cores.
            String name = experiment.plan().name();
            boolean small = name.startsWith("Patients, ") || name.equals("Heart");
            if (experiment.plan().data().isEmpty() && !small) {
                RunSettings first = settings(experiment, experiment.arms().get(1));
                RunSettings paper = RunSettings.defaults();
                assertThat(first.model().width()).isEqualTo(paper.model().width());
                assertThat(first.crop()).isEqualTo(paper.crop());
                assertThat(first.epochs()).isEqualTo(paper.epochs());
                boolean ablation = !NOT_ABLATIONS.contains(name);
                assertThat(first.loss().preset())
                        .as(name)
                        .isEqualTo(ablation ? LossPreset.PAPER_ABLATION : LossPreset.PAPER);
            }
        }
    }

    @Test
    void theSystemsAreThoseThatWerePublished() {
        Experiment systems = Experiment.read(FOLDER.resolve("table6-systems.yaml"));
        for (String name : List.of("rfnet", "mmformer", "uhved", "robustseg")) {
            RunSettings plain = settings(systems, name);
            RunSettings gss = settings(systems, name + "-gss");
            assertThat(SettingKey.settingName(plain.model().name())).isEqualTo(name);
            assertThat(gss.model()).isEqualTo(plain.model());
            assertThat(plain.loss().preset()).isEqualTo(LossPreset.NONE);
            assertThat(gss.loss().preset()).isEqualTo(LossPreset.PAPER);
            boolean ownBranches = List.of("rfnet", "mmformer").contains(name);
            assertThat(plain.loss().branchWeight())
                    .isEqualTo(ownBranches ? Optional.empty() : Optional.of(0.0));
        }
    }

    @Test
    void theStudiesGiveEveryArmTheSameSteps() {
        for (String design : List.of("study-scratch", "study-continued")) {
            Experiment study = Experiment.read(FOLDER.resolve(design + ".yaml"));
            assertThat(study.arms()).startsWith("baseline", "gss", "released", "mutual", "fused");
            assertThat(study.plan().seeds()).hasSize(5);
            assertThat(study.plan().data().orElseThrow().phantoms()).isPresent();
            RunSettings baseline = settings(study, "baseline");
            assertThat(Losses.config(baseline).beta()).isZero();
            for (String arm : study.arms()) {
                RunSettings settings = settings(study, arm);
                assertThat(settings.epochs()).isEqualTo(baseline.epochs());
                assertThat(settings.iterations()).isEqualTo(baseline.iterations());
                assertThat(settings.lr()).isEqualTo(baseline.lr());
            }
            assertThat(teacher(study, "gss")).isEqualTo(PaperTeacher.VOTES);
            assertThat(teacher(study, "mutual")).isEqualTo(PaperTeacher.MUTUAL);
            assertThat(teacher(study, "fused")).isEqualTo(PaperTeacher.FUSED);
            assertThat(study.isContinued()).isEqualTo(design.equals("study-continued"));
            if (study.isContinued()) {
                assertThat(study.start(1).loss()).isEqualTo(baseline.loss());
            }
        }
    }

    @Test
    void theRemediesAreComparedAsInTheStudyFromScratch() {
        Experiment study = Experiment.read(FOLDER.resolve("study-scratch.yaml"));
        Experiment remedies = Experiment.read(FOLDER.resolve("remedies.yaml"));

        assertThat(remedies.plan())
                .usingRecursiveComparison()
                .ignoringFields("name")
                .isEqualTo(study.plan());
        assertThat(remedies.arms())
                .containsExactly(
                        "baseline",
                        "gss",
                        "ramp",
                        "trust",
                        "balance",
                        "readiness",
                        "fallback",
                        "passion");
        RunSettings gss = settings(remedies, "gss");
        assertThat(gss).isEqualTo(settings(study, "gss"));
        assertThat(settings(remedies, "baseline")).isEqualTo(settings(study, "baseline"));
        for (String arm : remedies.arms()) {
            assertThat(settings(remedies, arm))
                    .usingRecursiveComparison()
                    .ignoringFields("loss")
                    .isEqualTo(gss);
        }
        GssLoss ramp = Losses.of(settings(remedies, "ramp"));
        long half = (long) gss.epochs() * gss.iterations() / 2;
        assertThat(ramp.configAt(0).beta()).isZero();
        assertThat(ramp.configAt(half - 1).beta()).isLessThan(GssConfig.paper().beta());
        // A schedule is in single precision.
        assertThat((float) ramp.configAt(half).beta()).isEqualTo((float) GssConfig.paper().beta());
        assertThat(config(remedies, "trust"))
                .isEqualTo(GssConfig.builder().optTrust(Trust.LABEL).build());
        assertThat(config(remedies, "balance"))
                .isEqualTo(GssConfig.builder().optBalance(Balance.CLASS).build());
        assertThat(config(remedies, "readiness").readiness())
                .contains(Readiness.of(0.5, 0.99, UnreadyVote.LABEL));
        assertThat(config(remedies, "fallback").teacher())
                .isEqualTo(FallbackTeacher.VOTES_ELSE_FUSED);
        assertThat(config(remedies, "passion")).isEqualTo(GssConfig.passion());
    }

    @Test
    void theStudyOnPatientsComparesAtEqualCompute() {
        Experiment baseline = Experiment.read(FOLDER.resolve("patients-baseline.yaml"));
        Experiment screen = Experiment.read(FOLDER.resolve("patients-screen.yaml"));
        Experiment confirm = Experiment.read(FOLDER.resolve("patients-confirm.yaml"));
        Experiment continued = Experiment.read(FOLDER.resolve("patients-confirm-continued.yaml"));

        for (Experiment folds : List.of(baseline, screen)) {
            assertThat(folds.plan().folds()).contains(4);
            assertThat(folds.plan().oneFoldPerSeed()).isTrue();
        }
        RunSettings first = settings(screen, "baseline");
        assertThat(first.loss().preset()).isEqualTo(LossPreset.NONE);
        assertThat(baseline.arms().stream().map(arm -> settings(baseline, arm).lr()))
                .contains(first.lr());
        for (Experiment one : List.of(screen, confirm, continued)) {
            assertThat(one.arms().get(0)).isEqualTo("baseline");
            for (String arm : one.arms()) {
                assertThat(settings(one, arm))
                        .usingRecursiveComparison()
                        .ignoringFields("loss")
                        .isEqualTo(settings(one, "baseline"));
            }
        }
        assertThat(settings(confirm, "baseline")).isEqualTo(first);
        assertThat(continued.start(1))
                .usingRecursiveComparison()
                .ignoringFields("seed")
                .isEqualTo(first);
        // The seeds that all arms of the confirming study have, which its last eight do not.
        assertThat(confirm.plan().seeds())
                .hasSize(16)
                .doesNotContainAnyElementsOf(screen.plan().seeds());
        assertThat(continued.plan().seeds()).isEqualTo(confirm.plan().seeds().subList(0, 8));
    }

    private static GssConfig config(Experiment study, String arm) {
        return Losses.config(settings(study, arm));
    }

    private static Object teacher(Experiment study, String arm) {
        return config(study, arm).teacher();
    }

    private static RunSettings settings(Experiment experiment, String arm) {
        return experiment.settings(
                arm,
                1,
                experiment.isContinued() ? Optional.of(Path.of("start.npz")) : Optional.empty());
    }
}
