/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesTest {

    @Test
    void meansAgreeWithAPlainLoop() {
        Random random = new Random(1);
        double[] x = new double[23];
        double[] y = new double[23];
        for (int i = 0; i < x.length; i++) {
            x[i] = i;
            y[i] = random.nextDouble();
        }
        Series means = new Series("loss", x, y).means(5);

        assertThat(means.name()).isEqualTo("loss");
        assertThat(means.x()).containsExactly(2, 7, 12, 17, 21);
        for (int epoch = 0; epoch < 5; epoch++) {
            double sum = 0;
            int count = 0;
            for (int i = 5 * epoch; i < Math.min(5 * epoch + 5, 23); i++) {
                sum += y[i];
                count++;
            }
            assertThat(means.y()[epoch]).isCloseTo(sum / count, within(1e-12));
        }
    }

    @Test
    void gapsAreLeftOut() {
        Series series =
                new Series("s", new double[] {0, 1, 2, 3}, new double[] {1, Double.NaN, -2, 0});
        assertThat(series.means(2).y()).containsExactly(1, -1);
        assertThat(series.positive().x()).containsExactly(0);
        Series empty = new Series("none", new double[] {1}, new double[] {Double.NaN});
        assertThat(empty.means(2).x()).isEmpty();
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> new Series("s", new double[2], new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("series s: expected as many y as x, 2, got 3");
        assertThatThrownBy(() -> new Series("s", new double[] {2, 1}, new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("series s: expected ascending x, got 1.0 after 2.0");
        Series series = new Series("s", new double[1], new double[1]);
        assertThatThrownBy(() -> series.means(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("width: expected more than 0, got 0.0");
    }

    @Test
    void readsColumnsOfACsvFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("losses.csv");
        Files.writeString(file, "epoch,step,total,fused\n1,1,2.5,1e-1\n1,2,,NaN\n2,3,1.5,0\n");

        List<Series> series = SeriesCsv.read(file, "step", List.of("fused", "total"));

        assertThat(series).extracting(Series::name).containsExactly("fused", "total");
        assertThat(series.get(0).x()).containsExactly(1, 2, 3);
        assertThat(series.get(0).y()).containsExactly(0.1, Double.NaN, 0);
        assertThat(series.get(1).y()).containsExactly(2.5, Double.NaN, 1.5);
    }

    @Test
    void refusesACsvFileThatIsNoneOfOurs(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("losses.csv");
        assertThatThrownBy(() -> SeriesCsv.read(file, "step", List.of("total")))
                .isInstanceOf(UserInputException.class)
                .hasMessage(file + ": expected a CSV file that can be read");
        Files.writeString(file, "step,total\n1,2\n1,x\n");
        assertThatThrownBy(() -> SeriesCsv.read(file, "step", List.of("fused")))
                .isInstanceOf(UserInputException.class)
                .hasMessage(file + ": expected a column fused, got [step, total]");
        assertThatThrownBy(() -> SeriesCsv.read(file, "step", List.of("total")))
                .isInstanceOf(UserInputException.class)
                .hasMessage(file + " record 2: expected a number in column total, got x");
        Files.writeString(file, "step,total\n1,2\n1,3\n");
        assertThatThrownBy(() -> SeriesCsv.read(file, "step", List.of("total")))
                .isInstanceOf(UserInputException.class)
                .hasMessage(file + ": series total: expected ascending x, got 1.0 after 1.0");
    }
}
