/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.networks.PaddingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that depend on the network. */
class ModelSettingsTest {

    private static final String NAME = "model.name";

    @Test
    void mmFormerHasItsOwnDefaults() {
        RunSettings settings = RunSettings.of(Map.of(NAME, "mmformer"));

        assertThat(settings.model())
                .isEqualTo(
                        new ModelSettings(
                                NetworkKind.MMFORMER,
                                Optional.of(8),
                                Optional.of(PaddingMode.REFLECT),
                                Optional.empty(),
                                Optional.of(8),
                                Optional.of(512),
                                Optional.of(4096),
                                Optional.of(0.1),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
        assertThat(settings.crop()).isEqualTo(VolumeSize.cube(128));
        assertThat(settings.epochs()).isEqualTo(1000);
        assertThat(settings.batch()).isEqualTo(2);
        assertThat(ModelSettings.patchOf(settings.crop())).isEqualTo(8);
    }

    @Test
    void whatIsGivenReplacesThem() {
        RunSettings settings = mmFormer(Map.of("crop", "32", "model.padding", "zeros"));

        assertThat(settings.model().padding()).contains(PaddingMode.ZEROS);
        assertThat(ModelSettings.patchOf(settings.crop())).isEqualTo(2);
        assertThat(mmFormer(Map.of("crop", "48", "model.patch", "3")).model().patch()).contains(3);
    }

    @Test
    void theNetworksSettingsAreWrittenWithTheirValues() {
        assertThat(mmFormer(Map.of("model.dropout", "0")).toYaml())
                .startsWith(
                        """
                        model:
                          name: mmformer
                          width: 8
                          padding: reflect
                          heads: 8
                          tokenWidth: 512
                          hiddenWidth: 4096
                          dropout: 0.0
                        dataset:
                          kind: brats2020
                        foreground: nonzero
                        crop: 128
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "crop | 80x96x96 | a cube of a multiple of 16 of at least 32, got 80x96x96",
                "crop | 64x32x1 | a square of one slice of a multiple of 16 of at least 32, got"
                        + " 64x32x1",
                "crop | 1x24x24 | a square of one slice of a multiple of 16 of at least 32, got"
                        + " 1x24x24",
                "crop | 64x1x1 | 1 voxel along one axis at most, got 64x1x1",
                "crop | 40 | a cube of a multiple of 16 of at least 32, got 40",
                "crop | 16 | a cube of a multiple of 16 of at least 32, got 16",
                "model.width | 0 | a number of at least 1, got 0",
                "model.patch | 1 | a number of at least 2, got 1",
                "model.heads | 0 | a number of at least 1, got 0",
                "model.heads | many | a whole number, got 'many'",
                "model.tokenWidth | 12 | a multiple of the 8 heads, got 12",
                "model.tokenWidth | 0 | a multiple of the 8 heads, got 0",
                "model.hiddenWidth | 0 | a number of at least 1, got 0",
                "model.dropout | 1 | 0 to below 1, got 1"
            })
    void valuesThatDoNotFitMmFormerAreNamed(String key, String value, String problem) {
        assertThatThrownBy(() -> mmFormer(Map.of(key, value)))
                .isInstanceOf(UserInputException.class)
                .hasMessage(key + ": expected " + problem);
    }

    @Test
    void uhvedHasItsOwnDefaultsAndLosses() {
        RunSettings settings = RunSettings.of(Map.of(NAME, "uhved"));

        assertThat(settings.model().width()).contains(8);
        assertThat(settings.model().padding()).isEmpty();
        assertThat(settings.crop()).isEqualTo(VolumeSize.cube(112));
        assertThat(settings.batch()).isEqualTo(1);
        assertThat(settings.lr()).isEqualTo(1e-3);
        assertThat(settings.weightDecay()).isZero();
        NetworkLayout layout = settings.outputs();
        assertThat(layout.outputs().networkLossNames()).containsExactly("kl", "mse", "l2");
        assertThat(layout.outputs().numOutputs()).isEqualTo(13).isEqualTo(layout.used().size());
    }

    @Test
    void robustSegHasItsOwnDefaultsAndLosses() {
        RunSettings settings = RunSettings.of(Map.of(NAME, "robustseg"));

        assertThat(settings.model().width()).contains(16);
        assertThat(settings.model().padding()).isEmpty();
        assertThat(settings.crop()).isEqualTo(VolumeSize.cube(80));
        assertThat(settings.batch()).isEqualTo(1);
        assertThat(settings.iterations()).isEqualTo(300);
        assertThat(settings.lr()).isEqualTo(1e-4);
        assertThat(settings.weightDecay()).isZero();
        NetworkLayout layout = settings.outputs();
        assertThat(layout.outputs().networkLossNames()).containsExactly("l1", "kl", "l2");
        assertThat(layout.outputs().numOutputs()).isEqualTo(13).isEqualTo(layout.used().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "crop | 20 | a multiple of 8 of at least 16, got 20",
                "crop | 8 | a multiple of 8 of at least 16, got 8",
                "model.width | 0 | a number of at least 1, got 0",
                "model.padding | zeros | nothing where the network is robustseg, got zeros"
            })
    void valuesThatDoNotFitRobustSegAreNamed(String key, String value, String problem) {
        assertThatThrownBy(() -> RunSettings.of(Map.of(NAME, "robustseg", key, value)))
                .isInstanceOf(UserInputException.class)
                .hasMessage(key + ": expected " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "crop | 20 | a multiple of 8 of at least 16, got 20",
                "model.width | 3 | a positive even number, got 3",
                "model.width | 0 | a positive even number, got 0",
                "model.padding | zeros | nothing where the network is uhved, got zeros"
            })
    void valuesThatDoNotFitUhvedAreNamed(String key, String value, String problem) {
        assertThatThrownBy(() -> RunSettings.of(Map.of(NAME, "uhved", key, value)))
                .isInstanceOf(UserInputException.class)
                .hasMessage(key + ": expected " + problem);
    }

    @Test
    void theCropFollowsThePatch() {
        assertThatThrownBy(() -> mmFormer(Map.of("model.patch", "2")))
                .isInstanceOf(UserInputException.class)
                .hasMessage("crop: expected 32, 16 times the patch size 2, got 128");
    }

    @ParameterizedTest
    @CsvSource({"patch,2", "heads,8", "tokenWidth,512", "hiddenWidth,4096", "dropout,0.1"})
    void rfnetHasNoTransformer(String name, String value) {
        assertThatThrownBy(() -> RunSettings.of(Map.of("model." + name, value)))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "model.%s: expected nothing where the network is rfnet, got %s"
                                .formatted(name, value));
    }

    @Test
    void torchScriptHasAFileAndALayoutAndNoSizes() {
        Map<String, String> values = new HashMap<>();
        values.put(NAME, "torchscript");
        values.put("model.file", "net.pt");
        values.put("model.layout", "fused: 0; branches: 1, 2, 3, 4");
        values.put("crop", "20x24x7");

        assertThat(RunSettings.of(values).toYaml())
                .startsWith(
                        """
                        model:
                          name: torchscript
                          file: net.pt
                          layout: "fused: 0; branches: 1, 2, 3, 4"
                        dataset:
                          kind: brats2020
                        foreground: nonzero
                        crop:
                        """);

        values.put("model.width", "8");
        assertThatThrownBy(() -> RunSettings.of(values))
                .hasMessage(
                        "model.width: expected nothing where the network is torchscript, got 8");
        values.remove("model.width");
        values.put("model.layout", "fused: 0; branches: 1, 2");
        assertThatThrownBy(() -> RunSettings.of(values))
                .hasMessage("model.layout: expected 4 branches, one for each modality, got 2");
        values.remove("model.file");
        assertThatThrownBy(() -> RunSettings.of(values))
                .isInstanceOf(UserInputException.class)
                .hasMessage("model.file: expected a value for torchscript, got nothing");
        assertThatThrownBy(() -> RunSettings.of(Map.of("model.file", "net.pt")))
                .hasMessage("model.file: expected nothing where the network is rfnet, got net.pt");
    }

    @Test
    void outputsAreThoseOfTheNetwork() {
        assertThat(RunSettings.defaults().outputs().used()).hasSize(13);
        assertThat(mmFormer(Map.of()).outputs().outputs().numOutputs()).isEqualTo(13);
    }

    private static RunSettings mmFormer(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(more);
        values.put(NAME, "mmformer");
        return RunSettings.of(values);
    }

    /** The settings of a network that has no others. */
    static ModelSettings plain(NetworkKind name, int width, PaddingMode padding) {
        return new ModelSettings(
                name,
                Optional.of(width),
                Optional.of(padding),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
