/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.tables;

import static java.lang.Double.NaN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.MeasureSettings;
import io.github.gssloss.imaging.measure.Measures;
import io.github.gssloss.imaging.measure.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoresCsvTest {

    private static final String HEADER =
            "case,subset,region,dice,dice_post,dice_post_mm3,sensitivity,specificity,precision,"
                    + "hd95\n";

    private static final List<Score> SCORES =
            List.of(
                    new Score(
                            "b, c",
                            ModalitySubset.of(Brats.T2, Brats.FLAIR),
                            Brats.CORE,
                            new Measures(1 / 3.0, 0, 0.25, 1e-9, 0.999999999, 0.5, 373.13)),
                    new Score(
                            "a",
                            Brats.BRATS2020.all(),
                            Brats.ENHANCING,
                            new Measures(1, 1, 1, 1, 1, 1, 0)));

    @Test
    void oneRowPerCaseSubsetAndRegionInFullPrecision() {
        assertThat(ScoresCsv.text(SCORES))
                .isEqualTo(
                        HEADER
                                + "\"b, c\",flair+t2,core,0.3333333333333333,0.0,0.25,1.0E-9,"
                                + "0.999999999,0.5,373.13\n"
                                + "a,flair+t1ce+t1+t2,enhancing,1.0,1.0,1.0,1.0,1.0,1.0,0.0\n");
    }

    @Test
    void readsBackWhatWasWritten(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("scores.csv");
        Files.writeString(file, ScoresCsv.text(SCORES));
        assertThat(ScoresCsv.read(file, Brats.BRATS2020)).isEqualTo(SCORES);
    }

    /** Its folder has the name that spreadsheets would take for a formula. */
    @Test
    void aCaseWithTheNameOfAFormulaComesBack() {
        Score score =
                new Score(
                        "=1+cmd|' /C calc'!A0",
                        Brats.BRATS2020.all(),
                        Brats.CORE,
                        new Measures(1, 1, 1, 1, 1, 1, 0));

        String text = ScoresCsv.text(List.of(score));

        assertThat(text.lines().toList().get(1)).startsWith("'=1+cmd|");
        assertThat(ScoresCsv.parse(text, "t", Brats.BRATS2020)).containsExactly(score);
        assertThat(ScoresCsv.parse(text.replace("\n'=", "\n="), "t", Brats.BRATS2020))
                .as("as earlier versions wrote it")
                .containsExactly(score);
    }

    @Test
    void readsFilesOfEarlierVersions() {
        String old = HEADER.replace("dice_post_mm3,", "") + "a,t1,core,0.5,0.4,0.3,0.2,0.1,7\n";

        Measures read = ScoresCsv.parse(old, "t", Brats.BRATS2020).get(0).measures();

        assertThat(read).isEqualTo(new Measures(0.5, 0.4, Double.NaN, 0.3, 0.2, 0.1, 7));
    }

    @Test
    void scoresOfOtherSettingsSaySo() {
        MeasureSettings settings =
                MeasureSettings.parse("lesions=glioma;volume;empty-hd95=left-out", "t");
        Measures measures = new Measures(1, 1, 1, 1, 1, 1, NaN, 0.5, 187, NaN, 0.25, settings);
        List<Score> scores =
                List.of(
                        new Score("a", Brats.BRATS2020.all(), Brats.CORE, measures),
                        new Score("a", Brats.BRATS2020.all(), Brats.ENHANCING, measures));

        String text = ScoresCsv.text(scores);

        String numbers = ",1.0,1.0,1.0,1.0,1.0,1.0,NaN,0.5,187.0,0.25,";
        String header = HEADER.strip() + ",lesion_dice,lesion_hd95,volume_error,measured_by\n";
        assertThat(text)
                .isEqualTo(
                        header
                                + "a,flair+t1ce+t1+t2,core"
                                + numbers
                                + settings.label()
                                + "\na,flair+t1ce+t1+t2,enhancing"
                                + numbers
                                + settings.label()
                                + "\n");
        assertThat(ScoresCsv.parse(text, "t", Brats.BRATS2020)).isEqualTo(scores);

        refuses(
                text.replace("lesion_dice,", ""),
                "t: expected columns "
                        + header.strip()
                        + ", got "
                        + header.strip().replace("lesion_dice,", ""));
        refuses(
                text.replace("0.25,lesions=glioma;volume;empty-hd95=left-out\n", "0.25,many\n"),
                "t: expected how it was measured, got many");
        String other = text.substring(0, text.length() - 1) + "0\n";
        assertThatThrownBy(() -> ScoresCsv.parse(other, "t", Brats.BRATS2020))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(
                        "t: row 2: expected a case, a subset, a region and 10 numbers measured by "
                                + settings.label()
                                + ", got [");
    }

    @Test
    void refusesWhatIsNotScores(@TempDir Path folder) {
        refuses("", "t: expected columns " + HEADER.strip() + ", got ");
        refuses("case,dice\n", "t: expected columns " + HEADER.strip() + ", got case,dice");
        refuses(
                HEADER + "a,all,core,0,0,0,0,0,0,x\n",
                "t: row 1: expected a case, a subset, a region and 7 numbers, got"
                        + " [a, all, core, 0, 0, 0, 0, 0, 0, x]");
        refuses(
                HEADER + "a,all,rim,0,0,0,0,0,0,0\n",
                "t: row 1: expected a case, a subset, a region and 7 numbers, got"
                        + " [a, all, rim, 0, 0, 0, 0, 0, 0, 0]");
        refuses(
                HEADER + "a,pd,core,0,0,0,0,0,0,0\n",
                "t: row 1: expected a case, a subset, a region and 7 numbers, got"
                        + " [a, pd, core, 0, 0, 0, 0, 0, 0, 0]");
        refuses(
                HEADER + "a,all,core,0\n",
                "t: row 1: expected a case, a subset, a region and 7 numbers, got"
                        + " [a, all, core, 0]");
        Path missing = folder.resolve("none.csv");
        assertThatThrownBy(() -> ScoresCsv.read(missing, Brats.BRATS2020))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(missing + ": expected a file of scores: ");
    }

    private static void refuses(String text, String message) {
        assertThatThrownBy(() -> ScoresCsv.parse(text, "t", Brats.BRATS2020))
                .isInstanceOf(UserInputException.class)
                .hasMessage(message);
    }
}
