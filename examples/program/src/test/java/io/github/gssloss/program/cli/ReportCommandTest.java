/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {

    private static final String SCORES =
            """
            case,subset,region,dice,dice_post,sensitivity,specificity,precision,hd95
            a,t1,whole,0.5,0.5,0.5,0.5,0.5,2.5
            a,t1,core,0.5,0.5,0.5,0.5,0.5,2.5
            a,t1,enhancing,0.5,0.5,0.5,0.5,0.5,2.5
            """;

    @TempDir private Path folder;
    private final CommandHarness gss = new CommandHarness();

    @Test
    void writesBesideTheScoresOrWhereItIsTold() throws IOException {
        Files.writeString(folder.resolve("scores.csv"), SCORES);
        Path report = folder.resolve("report.html");

        assertThat(gss.run("report", "--evaluated", folder.toString())).isZero();
        assertThat(gss.out()).contains("Report in " + report);
        // The scores are those of an earlier version, which knew no dice_post_mm3.
        assertThat(report)
                .content()
                .contains("<h1>Evaluation of ", "Dice, small ET as none")
                .doesNotContain("NaN", "mm\u00B3");

        Path other = folder.resolve("other.html");
        assertThat(gss.run("report", "--evaluated", folder.toString(), "--out", other.toString()))
                .isZero();
        assertThat(other).hasSameTextualContentAs(report);

        String scores = folder.resolve("scores.csv").toString();
        assertThat(gss.run("report", "--evaluated", folder.toString(), "--out", scores))
                .isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly("gss report: --out " + scores + ": expected a name ending .html");
        assertThat(folder.resolve("scores.csv")).hasContent(SCORES);
    }

    @Test
    void refusesWhatIsNoEvaluation() throws IOException {
        assertThat(gss.run("report", "--evaluated", "none")).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly(
                        "gss report: --evaluated none: expected a folder, got nothing there");
        assertThat(gss.run("report", "--evaluated", folder.toString())).isEqualTo(2);
        assertThat(gss.errLines())
                .contains(
                        "gss report: "
                                + folder
                                + ": expected the folder of an evaluation, found no scores.csv in"
                                + " it");
        Files.writeString(folder.resolve("scores.csv"), SCORES.replace("enhancing,0.5", "rim,0.5"));
        assertThat(gss.run("report", "--evaluated", folder.toString())).isEqualTo(2);
        assertThat(gss.errLines())
                .anyMatch(
                        line ->
                                line.startsWith(
                                        "gss report: "
                                                + folder.resolve("scores.csv")
                                                + ": row 3:"));
    }
}
