/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.measure.MeasureSettings;
import io.github.gssloss.program.evaluation.EvaluationRun;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.report.page.HtmlReport;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program of commit db0e058 evaluated stays as it is: see earlier-runs/README.md. */
class EarlierEvaluationTest {

    @TempDir private Path folder;
    private Path evaluated;

    /** Keeps what is said of each case that is evaluated. */
    private static final class Notes extends Silent {

        private final List<String> notes = new ArrayList<>();

        @Override
        public void update(long progress, String message) {
            notes.add(message);
        }
    }

    @BeforeEach
    void unpack() throws IOException {
        EarlierRuns.unpack("0e29543", folder);
        evaluated = folder.resolve("then").resolve("evaluated");
        EarlierRuns.unpack("db0e058", folder.resolve("then"));
    }

    private List<String> evaluate(EvaluationSettings settings) throws IOException {
        Notes shown = new Notes();
        RunFolder run = RunFolder.open(folder.resolve("imported"));
        new EvaluationRun(run, Optional.empty(), settings, shown)
                .evaluate(folder.resolve("data"), evaluated, folder.resolve("cache"));
        return shown.notes;
    }

    @Test
    void withoutOtherMeasuresNothingIsDoneAgainAndEveryByteStays() throws IOException {
        List<String> tables =
                List.of(
                        "scores.csv",
                        "summary.md",
                        "summary.csv",
                        "evaluation.yaml",
                        "cases/Phantom-0001.csv");
        Map<String, String> then = new LinkedHashMap<>();
        for (String table : tables) {
            String text = Files.readString(evaluated.resolve(table));
            then.put(table, text.replace("/tmp/earlier", folder.toString()));
        }

        assertThat(evaluate(EarlierRuns.AS_THEN)).isEmpty();

        for (String table : tables) {
            assertThat(evaluated.resolve(table)).hasContent(then.get(table));
            assertThat(Files.readString(evaluated.resolve(table)))
                    .as(table)
                    .isEqualTo(then.get(table));
        }
    }

    @Test
    void otherMeasuresAreMeasuredAndSaySo() throws IOException {
        MeasureSettings settings =
                MeasureSettings.parse("lesions=glioma;nsd=1;volume;empty-hd95=left-out", "t");

        assertThat(evaluate(EarlierRuns.AS_THEN.withMeasures(settings))).isNotEmpty();
        // A second time nothing is left to do.
        assertThat(evaluate(EarlierRuns.AS_THEN.withMeasures(settings))).isEmpty();

        List<String> rows = Files.readAllLines(evaluated.resolve("scores.csv"));
        assertThat(rows).hasSize(1 + 3 * 3);
        assertThat(rows.get(0))
                .endsWith(",hd95,lesion_dice,lesion_hd95,surface_dice,volume_error,measured_by");
        assertThat(rows.subList(1, 10)).allMatch(row -> row.endsWith("," + settings.label()));
        assertThat(evaluated.resolve("summary.md"))
                .content()
                .contains(
                        "\nLesion-wise Dice, % (glioma)\n",
                        "\nLesion-wise Hausdorff distance 95, mm (glioma)\n",
                        "\nSurface Dice, % (at 1 mm)\n",
                        "\nVolume error, ml\n",
                        "\nHausdorff distance 95, mm (without cases in which a mask is empty: 0 of"
                                + " 9 numbers left out)\n");
        assertThat(Files.readAllLines(evaluated.resolve("summary.csv")))
                .anyMatch(row -> row.startsWith("surface_dice,") && row.endsWith(",at 1 mm"));
        assertThat(evaluated.resolve("evaluation.yaml"))
                .content()
                .contains("measuredBy: \"" + settings.label() + "\"", "left out of the mean");

        HtmlReport.write(evaluated, evaluated.resolve(HtmlReport.FILE));
        assertThat(evaluated.resolve(HtmlReport.FILE))
                .content()
                .contains(
                        "Lesion-wise Dice (glioma)",
                        "Surface Dice (at 1 mm)",
                        "Volume error",
                        "Surface Dice at a tolerance of 1 mm:")
                .doesNotContain(">NaN", " NaN");
    }
}
