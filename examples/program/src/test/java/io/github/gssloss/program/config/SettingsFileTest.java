/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.sample.ForegroundDraw;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a settings file is told with the file and the line. */
class SettingsFileTest {

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("settings.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing yet\n", "loss:\n", "loss: {}\n", "---\n"})
    void aFileWithoutValuesLeavesTheDefaults(String yaml) {
        assertThat(read(yaml)).isEqualTo(RunSettings.defaults());
    }

    @Test
    void aDottedKeyIsTheKeyInItsSection() {
        assertThat(read("loss.beta: 0.5\n").loss().beta()).contains(0.5);
    }

    /** Until 0.1 all that was not background was tumour. */
    @Test
    void theShareOfCropsNearTheForegroundIsReadUnderItsFormerName() {
        assertThat(read("tumourFraction: 0.3\n").foregroundFraction()).isEqualTo(0.3);
        assertThat(read("tumourFraction: 0.3\n")).isEqualTo(read("foregroundFraction: 0.3\n"));
        refuses("epochs: 2\ntumourFraction: 3\n")
                .hasMessage(file + ":2: foregroundFraction: expected 0 to 1, got 3");
        refuses("foregroundFraction: 0.1\ntumourFraction: 0.3\n")
                .hasMessage(file + ":2: key 'foregroundFraction' is given twice");
    }

    @Test
    void howAVoxelOfTheForegroundIsDrawnStaysOpenUnlessGiven() {
        assertThat(read("crop: 32\n").foregroundDraw()).isEmpty();
        assertThat(read("foregroundDraw: class\n").foregroundDraw()).contains(ForegroundDraw.CLASS);
        assertThat(read("foregroundDraw: voxel\n").toYaml()).contains("\nforegroundDraw: voxel\n");
    }

    @Test
    void aSlipInAKeyIsMatchedWithTheKeyMeant() {
        refuses("epochs: 3\nlos:\n  beta: 0.5\n")
                .hasMessage(file + ":3: unknown key 'los.beta', did you mean 'loss.beta'?");
        refuses("epoch: 3\n").hasMessage(file + ":1: unknown key 'epoch', did you mean 'epochs'?");
    }

    @Test
    void anUnknownKeyThatIsLikeNoneListsAll() {
        refuses("\noptimizer: adam\n")
                .hasMessage(
                        file
                                + ":2: unknown key 'optimizer' (known: model.name, model.width,"
                                + " model.padding, model.patch, model.heads, model.tokenWidth,"
                                + " model.hiddenWidth, model.dropout, model.file, model.layout,"
                                + " model.weights, dataset.kind, dataset.name,"
                                + " dataset.modalities, dataset.labels, dataset.regions,"
                                + " dataset.ignored, foreground, spacing, clip, crop, batch,"
                                + " epochs,"
                                + " iterations, rounds, lr, weightDecay, clipNorm, seed, workers,"
                                + " threads, device, augment, foregroundFraction, foregroundDraw,"
                                + " subsetDraw, missing.scheme, missing.rate, missing.seed,"
                                + " split.fold, split.file, split.folds, split.seed,"
                                + " checkpointEvery, keepCheckpoints, validation, validateEvery,"
                                + " decisionsEvery, loss.preset, loss.alpha, loss.beta,"
                                + " loss.temperature, loss.leaderThreshold, loss.memberThreshold,"
                                + " loss.penalty, loss.maskRate, loss.divergence, loss.normalise,"
                                + " loss.teacher, loss.groups, loss.leaderEpochs, loss.trust,"
                                + " loss.balance,"
                                + " loss.readiness.bar, loss.readiness.decay,"
                                + " loss.readiness.unready, loss.branchWeight, loss.fusedFrom,"
                                + " loss.ramp.epochs, loss.ramp.shape, loss.ramp.beta,"
                                + " loss.ramp.temperature, loss.ramp.maskRate)");
        refuses("optimizer: {}\n").hasMessageStartingWith(file + ":1: unknown key 'optimizer' (");
    }

    @Test
    void wrongTypesAndRangesAreToldWithTheirLine() {
        refuses("lr: 0.001\nepochs: three\n")
                .hasMessage(file + ":2: epochs: expected a whole number, got 'three'");
        refuses("loss:\n  # far too much\n  beta: -1\n")
                .hasMessage(file + ":3: loss.beta: expected a number of at least 0, got -1");
        refuses("loss: {groups: [flair, t2]}\n")
                .hasMessage(file + ":1: loss.groups: expected text, got [\"flair\",\"t2\"]");
        refuses("crop: 81\n")
                .hasMessage(file + ":1: crop: expected a multiple of 8 of at least 16, got 81");
        refuses("loss: 3\n")
                .hasMessage(file + ":1: loss: expected keys under it, such as loss.preset, got 3");
        refuses("epochs:\n").hasMessage(file + ":1: epochs: expected a whole number, got nothing");
        refuses("epochs: [1, 2]\n")
                .hasMessage(file + ":1: epochs: expected a whole number, got [1,2]");
    }

    @Test
    void aKeyGivenTwiceIsRefused() {
        refuses("epochs: 3\nepochs: 4\n")
                .hasMessage(file + ":2: not valid YAML: Duplicate Object property \"epochs\"");
        refuses("loss.beta: 1\nloss:\n  beta: 2\n")
                .hasMessage(file + ":3: key 'loss.beta' is given twice");
    }

    @Test
    void whatIsNotYamlIsToldInOneLine() {
        refuses("epochs: 3\nloss: [1, 2\nlr: 4\n")
                .hasMessage(
                        file
                                + ":3: not valid YAML: while parsing a flow sequence,"
                                + " expected ',' or ']', but got :");
        refuses("just text\n").hasMessage(file + ": expected keys with values, got plain text");
        refuses("- 1\n- 2\n").hasMessage(file + ": expected keys with values, got a list");
        refuses("epochs: 3\n---\nepochs: 4\n")
                .hasMessage(file + ": expected one YAML document, got several");
    }

    @Test
    void filesThatCannotBeReadAreNamed() throws IOException {
        assertThatThrownBy(() -> RunSettings.read(file, Map.of()))
                .isInstanceOf(UserInputException.class)
                .hasMessage(file + ": no such file");
        assertThatThrownBy(() -> RunSettings.read(folder, Map.of()))
                .isInstanceOf(UserInputException.class)
                .hasMessage(folder + ": expected a file, got a folder");
        Files.write(file, "labels: é".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> RunSettings.read(file, Map.of()))
                .isInstanceOf(UserInputException.class)
                .hasMessage(file + ": expected text in UTF-8");
    }

    private RunSettings read(String yaml) {
        try {
            Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return RunSettings.read(file, Map.of());
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refuses(String yaml) {
        return assertThatThrownBy(() -> read(yaml)).isInstanceOf(UserInputException.class);
    }
}
