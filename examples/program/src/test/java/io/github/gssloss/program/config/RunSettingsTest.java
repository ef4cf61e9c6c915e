/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.core.Divergence;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.networks.PaddingMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunSettingsTest {

    @TempDir private Path folder;

    @Test
    void defaultsAreThePapers() {
        RunSettings settings = RunSettings.defaults();

        assertThat(settings.model())
                .isEqualTo(ModelSettingsTest.plain(NetworkKind.RFNET, 16, PaddingMode.ZEROS));
        assertThat(settings.description()).isEqualTo(Brats.BRATS2020);
        assertThat(settings.crop()).isEqualTo(VolumeSize.cube(80));
        assertThat(settings.batch()).isEqualTo(2);
        assertThat(settings.epochs()).isEqualTo(300);
        assertThat(settings.iterations()).isEqualTo(150);
        assertThat(settings.lr()).isEqualTo(2e-4);
        assertThat(settings.weightDecay()).isEqualTo(1e-4);
        assertThat(settings.seed()).isZero();
        assertThat(settings.workers()).isEqualTo(1);
        assertThat(settings.device()).isEqualTo(DeviceKind.CPU);
        assertThat(settings.augment()).isTrue();
        assertThat(settings.foregroundFraction()).isZero();
        assertThat(settings.loss().preset()).isEqualTo(LossPreset.PAPER);
        assertThat(settings.loss().beta()).isEmpty();
        assertThat(settings.loss().divergence()).isEmpty();
        assertThat(settings.loss().fusedFrom()).isZero();
    }

    @Test
    void fileReplacesDefaultsAndValuesReplaceTheFile() {
        Path file =
                file(
                        """
                        # a narrow one
                        model: {width: 4, padding: reflect}
                        labels: brats2023
                        crop: [32, 48, 64]
                        epochs: 7
                        lr: 1e-3
                        augment: false
                        loss:
                          preset: paperAblation
                          beta: 1
                          divergence: reverseKl
                        """);

        RunSettings settings = RunSettings.read(file, Map.of("epochs", "3", "loss.beta", "0.5"));

        assertThat(settings.model())
                .isEqualTo(ModelSettingsTest.plain(NetworkKind.RFNET, 4, PaddingMode.REFLECT));
        assertThat(settings.description()).isEqualTo(Brats.BRATS2023);
        assertThat(settings.crop()).isEqualTo(new VolumeSize(32, 48, 64));
        assertThat(settings.epochs()).isEqualTo(3);
        assertThat(settings.lr()).isEqualTo(1e-3);
        assertThat(settings.augment()).isFalse();
        assertThat(settings.loss().preset()).isEqualTo(LossPreset.PAPER_ABLATION);
        assertThat(settings.loss().beta()).isEqualTo(Optional.of(0.5));
        assertThat(settings.loss().divergence()).isEqualTo(Optional.of(Divergence.REVERSE_KL));
        assertThat(settings.iterations()).isEqualTo(150);
    }

    @Test
    void whatIsWrittenReadsBackEqual() {
        RunSettings settings =
                RunSettings.of(
                        Map.of(
                                "crop", "32x48x64",
                                "lr", "3.3e-5",
                                "seed", "-9223372036854775808",
                                "loss.maskRate", "0",
                                "loss.groups", "BG: flair; NCR/NET: t1ce; ED: t2; ET: t1ce",
                                "loss.teacher", "mutual",
                                "loss.normalise", "false",
                                "loss.divergence", "forwardKl"));
        assertThat(RunSettings.read(file(settings.toYaml()), Map.of())).isEqualTo(settings);
        assertThat(RunSettings.read(file(RunSettings.defaults().toYaml()), Map.of()))
                .isEqualTo(RunSettings.defaults());
    }

    @Test
    void writesTheKeysInTheirOrderAndLeavesOutWhatWasLeftOut() {
        assertThat(RunSettings.of(Map.of("loss.beta", "0.5")).toYaml())
                .isEqualTo(
                        """
                        model:
                          name: rfnet
                          width: 16
                          padding: zeros
                        dataset:
                          kind: brats2020
                        foreground: nonzero
                        crop: 80
                        batch: 2
                        epochs: 300
                        iterations: 150
                        rounds: 1
                        lr: 2.0E-4
                        weightDecay: 1.0E-4
                        seed: 0
                        workers: 1
                        device: cpu
                        augment: true
                        foregroundFraction: 0.0
                        subsetDraw: uniform
                        checkpointEvery: 10
                        keepCheckpoints: 3
                        validateEvery: 10
                        decisionsEvery: 50
                        loss:
                          preset: paper
                          beta: 0.5
                          fusedFrom: 0
                          ramp:
                            epochs: 0
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "crop | 8 | a multiple of 8 of at least 16, got 8",
                "crop | [80, 80, 84] | a multiple of 8 of at least 16, got 80x80x84",
                "crop | 80x1x84 | a multiple of 8 of at least 16, got 80x1x84",
                "crop | 80x1x1 | 1 voxel along one axis at most, got 80x1x1",
                "crop | 1 | 1 voxel along one axis at most, got 1",
                "foregroundDraw | all | one of voxel, class, got 'all'",
                "crop | [80, 80] | a size such as 80, 96x96x64 or [96, 96, 64], got [80,80]",
                "crop | 0 | a size such as 80, 96x96x64 or [96, 96, 64], got 0",
                "crop | big | a size such as 80, 96x96x64 or [96, 96, 64], got 'big'",
                "model.width | 6 | a multiple of 4 of at least 4, got 6",
                "model.width | 0 | a multiple of 4 of at least 4, got 0",
                "model.name | unet | one of rfnet, mmformer, uhved, robustseg, torchscript, got"
                        + " 'unet'",
                "model.width | six | a whole number, got 'six'",
                "model.padding | 1 | one of zeros, reflect, got 1",
                "dataset.kind | brats | one of brats2020, brats2023, brats2015, nnunet, got"
                        + " 'brats'",
                "batch | 0 | a number of at least 1, got 0",
                "batch | two | a whole number, got 'two'",
                "epochs | 0 | a number of at least 1, got 0",
                "epochs | 2.5 | a whole number, got 2.5",
                "epochs | 99999999999 | a whole number, got 99999999999",
                "epochs | '' | a whole number, got nothing",
                "iterations | -1 | a number of at least 1, got -1",
                "lr | 0 | a number above 0, got 0",
                "lr | .nan | a number above 0, got NaN",
                "lr | .inf | a number above 0, got Infinity",
                "lr | fast | a number, got 'fast'",
                "weightDecay | -0.1 | a number of at least 0, got -0.1",
                "workers | 0 | a number of at least 1, got 0",
                "device | tpu | one of cpu, gpu, got 'tpu'",
                "augment | 1 | true or false, got 1",
                "augment | perhaps | true or false, got 'perhaps'",
                "seed | 1.5 | a whole number of at most 64 bits, got 1.5",
                "foregroundFraction | 1.5 | 0 to 1, got 1.5",
                "subsetDraw | size | one of uniform, bySize, halves, got 'size'",
                "missing.rate | often | none, even, unbalanced, mirrored, or rates from 0 to 1, not"
                        + " all 1, such as 'flair=0.2,t1=0.5', got 'often'",
                "missing.rate | 0.3 | none, even, unbalanced, mirrored, or rates from 0 to 1, not"
                        + " all 1, such as 'flair=0.2,t1=0.5', got 0.3",
                "missing.seed | 3 | nothing without a rate, got 3",
                "checkpointEvery | 0 | a number of at least 1, got 0",
                "keepCheckpoints | 0 | a number of at least 1, got 0",
                "validateEvery | 0 | a number of at least 1, got 0",
                "decisionsEvery | -1 | a number of at least 0, got -1",
                "rounds | 0 | a number of at least 1, got 0",
                "clipNorm | 0 | a number above 0, got 0",
                "loss.preset | best | one of paper, paperAblation, released, passion, none, got"
                        + " 'best'",
                "loss.alpha | -1 | a number of at least 0, got -1",
                "loss.beta | -1 | a number of at least 0, got -1",
                "loss.beta | x | a number, got 'x'",
                "loss.temperature | 0 | a number above 0, got 0",
                "loss.leaderThreshold | 1.1 | 0 to 1, got 1.1",
                "loss.memberThreshold | -0.1 | 0 to 1, got -0.1",
                "loss.penalty | 2 | 0 to 1, got 2",
                "loss.maskRate | 1 | 0 to below 1, got 1",
                "loss.divergence | kl | one of forwardKl, reverseKl, flooredKl,"
                        + " releasedCrossEntropy, got 'kl'",
                "loss.normalise | no way | true or false, got 'no way'",
                "loss.teacher | best | one of votes, fused, mutual, votesElseFused,"
                        + " votesElseNothing, oracleLabel, oracleBranch, oracleVotes, got 'best'",
                "loss.trust | labels | one of none, label, labelWeight, got 'labels'",
                "loss.balance | classes | one of voxel, class, got 'classes'",
                "loss.readiness.bar | 1 | 0 to below 1, got 1",
                "loss.readiness.bar | -0.1 | 0 to below 1, got -0.1",
                "loss.readiness.bar | high | the Dice to pass, 0 to below 1, got 'high'",
                "loss.fusedFrom | -1 | a number of at least 0, got -1",
                "loss.ramp.epochs | -1 | a number of at least 0, got -1",
                "loss.ramp.epochs | 3 | 0 without any first value, got 3",
                "loss.ramp.beta | -1 | a number of at least 0, got -1",
                "loss.ramp.temperature | 0 | a number above 0, got 0",
                "loss.ramp.shape | linear | nothing without any first value, got linear",
                "loss.ramp.shape | round | one of linear, exponential, got 'round'",
                "loss.ramp.maskRate | 1 | 0 to below 1, got 1"
            })
    void valuesThatDoNotFitAreNamed(String key, String value, String problem) {
        assertThatThrownBy(() -> RunSettings.of(Map.of(key, value)))
                .isInstanceOf(UserInputException.class)
                .hasMessage(key + ": expected " + problem);
    }

    @ParameterizedTest
    @CsvSource({
        "teacherToStudent, FORWARD_KL, forwardKl",
        "studentToTeacher, REVERSE_KL, reverseKl",
        "weightedCrossEntropy, RELEASED_CROSS_ENTROPY, releasedCrossEntropy"
    })
    void divergencesOfEarlierRunsAreReadAndWrittenUnderTheirNewNames(
            String old, Divergence divergence, String name) throws IOException {
        Path file = file("loss:\n  preset: paper\n  divergence: " + old + "\n");

        RunSettings settings = RunSettings.read(file, Map.of());

        assertThat(settings.loss().divergence()).contains(divergence);
        assertThat(settings.toYaml()).contains("  divergence: " + name + "\n");
        assertThat(RunSettings.of(Map.of("loss.divergence", name))).isEqualTo(settings);
    }

    @Test
    void thresholdsOfLeadersAndMembersAreCheckedTogether() {
        assertThatThrownBy(
                        () ->
                                RunSettings.of(
                                        Map.of(
                                                "loss.leaderThreshold", "0.8",
                                                "loss.memberThreshold", "0.7")))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "loss.memberThreshold: expected at least the leaderThreshold 0.8, got 0.7");
    }

    @Test
    void aRampHasEpochsAndValues() {
        assertThatThrownBy(() -> RunSettings.of(Map.of("loss.ramp.beta", "0")))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "loss.ramp.epochs: expected at least 1 where a first value is given, got"
                                + " 0");
        assertThatThrownBy(
                        () ->
                                RunSettings.of(
                                        Map.of(
                                                "loss.preset", "none",
                                                "loss.ramp.beta", "0",
                                                "loss.ramp.epochs", "2")))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "loss.ramp.epochs: expected nothing where the preset is none (no"
                                + " distillation), got 2");
    }

    @Test
    void withoutDistillationItsValuesAreRefused() {
        assertThatThrownBy(() -> RunSettings.of(Map.of("loss.preset", "none", "loss.beta", "0.5")))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "loss.beta: expected nothing where the preset is none (no distillation),"
                                + " got 0.5");
        assertThat(RunSettings.of(Map.of("loss.preset", "none", "loss.fusedFrom", "20")).loss())
                .extracting(LossSettings::preset, LossSettings::fusedFrom)
                .containsExactly(LossPreset.NONE, 20);
    }

    @Test
    void recordsCheckThemselvesToo() {
        assertThatThrownBy(() -> ModelSettingsTest.plain(NetworkKind.RFNET, 3, PaddingMode.ZEROS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("width: expected a multiple of 4 of at least 4, got 3");
    }

    private Path file(String yaml) {
        try {
            return Files.writeString(folder.resolve("settings.yaml"), yaml);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
