/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeasureSettingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "empty-hd95=373.13",
                "lesions=glioma;nsd=1;volume;empty-hd95=left-out",
                "lesions=2x10.5;empty-hd95=0",
                "nsd=0.25;empty-hd95=374"
            })
    void labelsAreReadAsTheyAreWritten(String label) {
        assertThat(MeasureSettings.parse(label, "t").label()).isEqualTo(label);
    }

    @Test
    void presets() {
        assertThat(LesionSettings.parse("glioma", "t")).isEqualTo(new LesionSettings(3, 50));
        assertThat(LesionSettings.parse("meningioma", "t")).isEqualTo(new LesionSettings(1, 50));
        assertThat(LesionSettings.parse("metastases", "t")).isEqualTo(new LesionSettings(1, 2));
        assertThat(LesionSettings.parse("3x50", "t").label()).isEqualTo("glioma");
        assertThat(LesionSettings.GLIOMA.words()).contains("dilated 3 times", "at most 50 mm3");
    }

    @Test
    void titlesSayWhatIsAChoice() {
        MeasureSettings some = MeasureSettings.parse("lesions=glioma;nsd=2;empty-hd95=0", "t");
        assertThat(some.title(Metric.DICE)).isEqualTo("Dice, %");
        assertThat(some.title(Metric.SURFACE_DICE)).isEqualTo("Surface Dice, % (at 2 mm)");
        assertThat(some.title(Metric.LESION_DICE)).isEqualTo("Lesion-wise Dice, % (glioma)");
        assertThat(some.title(Metric.HD95))
                .isEqualTo("Hausdorff distance 95, mm (0 where one of two masks is empty)");
        for (Metric metric : Metric.values()) {
            assertThat(MeasureSettings.USUAL.title(metric)).isEqualTo(metric.title());
        }
    }

    @Test
    void emptyMasksInWords() {
        assertThat(MeasureSettings.USUAL.emptyMasks()).isEqualTo(Measures.EMPTY_MASKS);
        assertThat(MeasureSettings.parse("empty-hd95=0", "t").emptyMasks())
                .contains("distance 0 mm;")
                .doesNotContain("BraTS");
        assertThat(MeasureSettings.parse("nsd=1;empty-hd95=left-out", "t").emptyMasks())
                .contains("left out of the mean")
                .endsWith("Surface Dice of two empty masks: 1; of one: 0.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lesions=brain;empty-hd95=0 | t: expected one of [glioma, meningioma, metastases],"
                        + " or DILATIONSxMM3 such as 3x50 (0 to 20 dilations), got brain",
                "lesions=21x5;empty-hd95=0 | t: expected one of [glioma, meningioma, metastases],"
                        + " or DILATIONSxMM3 such as 3x50 (0 to 20 dilations), got 21x5",
                "nsd=0;empty-hd95=0 | t: expected a tolerance in mm above 0, got 0",
                "nsd=NaN;empty-hd95=0 | t: expected a tolerance in mm above 0, got NaN",
                "empty-hd95=-1 | t: expected a distance in mm, at least 0, or left-out, got -1",
                "size=3 | t: expected how it was measured, got size=3",
                "nsd=1 | t: expected how it was measured, got nsd=1",
                "volume=2;empty-hd95=0 | t: expected how it was measured, got"
                        + " volume=2;empty-hd95=0",
                "nsd;empty-hd95=0 | t: expected how it was measured, got nsd;empty-hd95=0",
                "volume;volume;empty-hd95=0 | t: expected how it was measured, got"
                        + " volume;volume;empty-hd95=0",
            })
    void refusesWhatItCannotRead(String label, String message) {
        assertThatThrownBy(() -> MeasureSettings.parse(label, "t"))
                .isInstanceOf(UserInputException.class)
                .hasMessage(message);
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatThrownBy(() -> new LesionSettings(-1, 50))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dilations: expected 0 to 20, got -1");
        assertThatThrownBy(() -> new LesionSettings(1, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("smallest: expected at least 0 mm3, got NaN");
        assertThatThrownBy(
                        () ->
                                new MeasureSettings(
                                        Optional.empty(),
                                        OptionalDouble.of(0),
                                        false,
                                        OptionalDouble.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tolerance: expected more than 0 mm, got 0.0");
        assertThatThrownBy(
                        () ->
                                new MeasureSettings(
                                        Optional.empty(),
                                        OptionalDouble.empty(),
                                        false,
                                        OptionalDouble.of(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("distance of an empty mask: expected at least 0 mm, got -1.0");
    }
}
