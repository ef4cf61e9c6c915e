/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.Score;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankingTest {

    private static final List<ModalitySubset> SUBSETS = Brats.BRATS2020.allAndSingles();

    private static final Ranking.Pictures NO_PICTURES =
            new Ranking.Pictures(name -> Optional.empty(), name -> Optional.empty());

    @TempDir private Path folder;

    @Test
    void threeOfEachEndTheFarthestFirst() throws IOException {
        Ranking ranking = ranking(0.5, 0.2, 0.9, 0.1, 0.7, 0.3, 0.8, 0.6);
        assertThat(names(ranking.worst())).containsExactly("c3", "c1", "c5");
        assertThat(names(ranking.best())).containsExactly("c2", "c6", "c4");
        assertThat(names(ranking.all()))
                .containsExactly("c3", "c1", "c5", "c0", "c7", "c4", "c6", "c2");
        assertThat(ranking.all())
                .extracting(Ranking.Ranked::rank)
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(ranking.hasBest()).isTrue();
    }

    @Test
    void fewCasesAreNeverBothWorstAndBest() throws IOException {
        Ranking five = ranking(0.5, 0.2, 0.9, 0.1, 0.7);
        assertThat(names(five.worst())).containsExactly("c3", "c1");
        assertThat(names(five.best())).containsExactly("c2", "c4");
        Ranking two = ranking(0.5, 0.2);
        assertThat(names(two.worst())).containsExactly("c1");
        assertThat(names(two.best())).containsExactly("c0");
        Ranking one = ranking(0.5);
        assertThat(names(one.worst())).containsExactly("c0");
        assertThat(one.best()).isEmpty();
        assertThat(one.hasBest()).isFalse();
    }

    @Test
    void equalCasesStandByName() throws IOException {
        Ranking ranking = ranking(1, 1, 0, 0);
        assertThat(names(ranking.worst())).containsExactly("c2", "c3");
        assertThat(names(ranking.best())).containsExactly("c1", "c0");
    }

    @Test
    void everySubsetAndRegionCountsAlike() throws IOException {
        List<Score> rows = new ArrayList<>();
        for (ModalitySubset subset : SUBSETS) {
            boolean all = subset.equals(Brats.BRATS2020.all());
            for (Region region : Brats.BRATS2020.regions()) {
                rows.add(SampleScores.score("lucky", subset, region, all ? 1 : 0.25));
                double dice = region.equals(Brats.CORE) && subset.contains(Brats.T2) ? 0.3 : 0.6;
                rows.add(SampleScores.score("steady", subset, region, dice));
            }
        }
        Ranking ranking =
                Ranking.of(
                        SampleScores.read(folder, rows),
                        new Ranking.Pictures(
                                name -> Optional.of(name).filter("lucky"::equals),
                                name -> Optional.of("planes of " + name)));
        Ranking.Ranked lucky = ranking.worst().get(0);
        // (1 + 4 * 0.25) / 5; and (13 * 0.6 + 2 * 0.3) / 15.
        assertThat(lucky.name()).isEqualTo("lucky");
        assertThat(lucky.average()).isEqualTo("40.0");
        assertThat(lucky.withAll()).isEqualTo("100.0");
        assertThat(lucky.weakest()).contains("flair 25.0");
        assertThat(lucky.picture()).contains("lucky");
        assertThat(lucky.planes()).contains("planes of lucky");
        Ranking.Ranked steady = ranking.best().get(0);
        assertThat(steady.average()).isEqualTo("56.0");
        assertThat(steady.cells())
                .extracting(Shade.Cell::text)
                .containsExactly("60.0", "48.0", "60.0", "56.0");
        assertThat(steady.regionWords()).isEqualTo("whole 60.0, core 48.0, enhancing 60.0");
        assertThat(steady.weakest()).contains("all 50.0");
        assertThat(steady.picture()).isEmpty();
    }

    private Ranking ranking(double... dice) throws IOException {
        List<Score> rows = new ArrayList<>();
        for (double one : dice) {
            String name = "c" + rows.size() / (3 * SUBSETS.size());
            rows.addAll(SampleScores.even(name, SUBSETS, one));
        }
        return Ranking.of(SampleScores.read(folder, rows), NO_PICTURES);
    }

    private static List<String> names(List<Ranking.Ranked> cases) {
        return cases.stream().map(Ranking.Ranked::name).toList();
    }
}
