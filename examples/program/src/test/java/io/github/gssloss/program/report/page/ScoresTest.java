/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoresTest {

    private static final String HEADER =
            "case,subset,region,dice,dice_post,sensitivity,specificity,precision,hd95\n";
    private static final String COMPLETE =
            """
            a,t1,whole,1,1,1,1,1,0
            a,t1,core,0.5,0.5,0.5,0.5,0.5,2.5
            a,t1,enhancing,0,0,0,0,0,373.13
            """;

    @TempDir private Path folder;

    @Test
    void theMeansOfACaseAreThoseOfAPlainLoop() throws IOException {
        List<Score> rows = SampleScores.scores(3, Brats.BRATS2020.subsets(), 8);
        Scores scores = SampleScores.read(folder, rows);

        assertThat(scores.cases()).containsExactly("case-1", "case-2", "case-3");
        for (String name : scores.cases()) {
            assertThat(scores.dice(name, row -> true))
                    .isCloseTo(mean(rows, name, null, null, 0), within(1e-12));
            for (Region region : Brats.BRATS2020.regions()) {
                assertThat(scores.dice(name, row -> row.region().equals(region)))
                        .isCloseTo(mean(rows, name, null, region, 0), within(1e-12));
            }
            for (ModalitySubset subset : Brats.BRATS2020.subsets()) {
                assertThat(scores.dice(name, row -> row.subset().equals(subset)))
                        .isCloseTo(mean(rows, name, subset, null, 0), within(1e-12));
            }
        }
        for (Region region : Brats.BRATS2020.regions()) {
            for (int modalities = 1; modalities <= 4; modalities++) {
                double[] each = scores.dice(region, modalities);
                assertThat(each).hasSize(3);
                for (int i = 0; i < 3; i++) {
                    String name = scores.cases().get(i);
                    assertThat(each[i])
                            .isCloseTo(mean(rows, name, null, region, modalities), within(1e-12));
                }
            }
        }
    }

    @Test
    void whatWasNotEvaluatedHasNoMean() throws IOException {
        List<ModalitySubset> singles = Brats.BRATS2020.allAndSingles().subList(1, 5);
        Scores scores = SampleScores.read(folder, SampleScores.scores(1, singles, 8));
        assertThat(scores.dice("case-1", row -> row.subset().equals(Brats.BRATS2020.all())))
                .isNaN();
        assertThat(scores.dice(Brats.CORE, 4)).isEmpty();
    }

    @Test
    void aFolderWithoutScoresIsNamed() {
        Path file = folder.resolve("scores.csv");
        assertThatThrownBy(() -> Scores.read(file, Brats.BRATS2020))
                .isInstanceOf(UserInputException.class)
                .hasMessage(file + ": expected the scores of an evaluation, found no such file");
    }

    @Test
    void damageIsNamedWithItsRow() throws IOException {
        refuses("", ": expected rows of scores, got none");
        refuses(
                COMPLETE + "a,t2,whole,0.5,0.5\n",
                ": row 4: expected a case, a subset, a region and 6 numbers, got"
                        + " [a, t2, whole, 0.5, 0.5]");
        refuses(
                COMPLETE + "a,t2,whole,high,1,1,1,1,0\n",
                ": row 4: expected a case, a subset, a region and 6 numbers, got"
                        + " [a, t2, whole, high, 1, 1, 1, 1, 0]");
        refuses(
                COMPLETE + "a,t2,whole,1.5,1,1,1,1,0\n",
                ": row 4: dice: expected from 0 to 1, got 1.5");
        refuses(
                COMPLETE + "a,t2,whole,1,1,NaN,1,1,0\n",
                ": row 4: sensitivity: expected from 0 to 1, got NaN");
        refuses(
                COMPLETE + "a,t2,whole,1,1,1,1,1,Infinity\n",
                ": row 4: hd95: expected at least 0, got Infinity");
        refuses(
                COMPLETE + "a,t1,core,1,1,1,1,1,0\n",
                ": row 4: expected each case, subset and region once, got a, t1, core again");
        refuses(
                COMPLETE + "a,t2,whole,1,1,1,1,1,0\na,t2,core,1,1,1,1,1,0\n",
                ": expected a row of enhancing for case a with t2, found none");
    }

    @Test
    void aFileOfSomethingElseIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("scores.csv"), "epoch,step\n0,1\n");
        assertThatThrownBy(() -> Scores.read(file, Brats.BRATS2020))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "%s: expected columns %s, got epoch,step",
                        file, HEADER.strip().replace("post,", "post,dice_post_mm3,"));
    }

    private void refuses(String rows, String problem) throws IOException {
        Path file = Files.writeString(folder.resolve("scores.csv"), HEADER + rows);
        assertThatThrownBy(() -> Scores.read(file, Brats.BRATS2020))
                .isInstanceOf(UserInputException.class)
                .hasMessage(file + problem);
    }

    /** Over the rows that fit; null and 0 fit all. */
    private static double mean(
            List<Score> rows, String name, ModalitySubset subset, Region region, int modalities) {
        double sum = 0;
        int count = 0;
        for (Score row : rows) {
            boolean fits =
                    row.caseName().equals(name)
                            && (subset == null || row.subset().equals(subset))
                            && (region == null || row.region().equals(region))
                            && (modalities == 0 || row.subset().modalities().size() == modalities);
            sum += fits ? row.measures().dice() : 0;
            count += fits ? 1 : 0;
        }
        return sum / count;
    }
}
