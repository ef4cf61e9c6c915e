/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.Measures;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.program.tables.ScoresCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What an evaluation leaves, made up: the scores of as many cases as a test wants. */
final class SampleScores {

    private SampleScores() {}

    /** Scores of cases named case-1, case-2... with all numbers drawn. */
    static List<Score> scores(int cases, List<ModalitySubset> subsets, long seed) {
        Random random = new Random(seed);
        Random mm3 = new Random(seed + 100);
        List<Score> scores = new ArrayList<>();
        for (int i = 1; i <= cases; i++) {
            for (ModalitySubset subset : subsets) {
                for (Region region : Brats.BRATS2020.regions()) {
                    Measures drawn =
                            new Measures(
                                    random.nextDouble(),
                                    random.nextDouble(),
                                    mm3.nextDouble(),
                                    random.nextDouble(),
                                    0.9 + 0.1 * random.nextDouble(),
                                    random.nextDouble(),
                                    40 * random.nextDouble());
                    scores.add(new Score("case-" + i, subset, region, drawn));
                }
            }
        }
        return scores;
    }

    /** A score whose every share is the same. */
    static Score score(String name, ModalitySubset subset, Region region, double dice) {
        return new Score(name, subset, region, new Measures(dice, dice, dice, dice, dice, dice, 1));
    }

    /** Scores of one case, the same everywhere. */
    static List<Score> even(String name, List<ModalitySubset> subsets, double dice) {
        List<Score> scores = new ArrayList<>();
        for (ModalitySubset subset : subsets) {
            for (Region region : Brats.BRATS2020.regions()) {
                scores.add(score(name, subset, region, dice));
            }
        }
        return scores;
    }

    /** Writes {@code scores.csv} into a folder, which is made. */
    static Path folder(Path folder, List<Score> scores) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("scores.csv"), ScoresCsv.text(scores));
        return folder;
    }

    /** Reads scores as the report does. */
    static Scores read(Path folder, List<Score> scores) throws IOException {
        return Scores.read(folder(folder, scores).resolve("scores.csv"), Brats.BRATS2020);
    }
}
