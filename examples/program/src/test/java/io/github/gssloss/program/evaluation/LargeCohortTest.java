/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.files.Sha256;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.Measures;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.imaging.prepare.CaseCache;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.TinyRun;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunWeights;
import io.github.gssloss.program.tables.ScoresCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of 2,000 cases that others have evaluated, with drawn scores. */
class LargeCohortTest {

    private static final int CASES = 2000;
    private static final List<ModalitySubset> SUBSETS = Brats.BRATS2020.allAndSingles();

    @TempDir private Path folder;

    /** Cases that are links to the files of one phantom. */
    private Path cases() throws IOException {
        Path one = folder.resolve("one");
        PhantomSettings small = PhantomSettings.ofSeed(1).withShape(32, 32, 32);
        PhantomCohort.write(one, 1, small, done -> {});
        Path data = folder.resolve("data");
        for (int i = 1; i <= CASES; i++) {
            String name = "Case-%04d".formatted(i);
            Path made = Files.createDirectories(data.resolve(name));
            try (Stream<Path> files = Files.list(one.resolve("Phantom-0001"))) {
                for (Path file : files.toList()) {
                    String own = file.getFileName().toString().replace("Phantom-0001", name);
                    Files.createLink(made.resolve(own), file);
                }
            }
        }
        return data;
    }

    private static List<Score> draw(String name) {
        Random random = new Random(name.hashCode());
        List<Score> scores = new ArrayList<>();
        for (ModalitySubset subset : SUBSETS) {
            for (Region region : Brats.BRATS2020.regions()) {
                double dice = random.nextDouble();
                scores.add(
                        new Score(
                                name,
                                subset,
                                region,
                                new Measures(dice, dice, dice, dice, dice, dice, 100 * dice)));
            }
        }
        return scores;
    }

    @Test
    void collects() throws IOException {
        Path data = cases();
        Path out = folder.resolve("out");
        Path cache = folder.resolve("cache");
        RunFolder run = TinyRun.create(folder.resolve("run"), 1, Map.of());
        EvaluationSettings how = new EvaluationSettings(SUBSETS, 0.5);
        Path weights = RunWeights.of(run, Optional.empty()).checkpoint();
        EvaluationRecord record =
                new EvaluationRecord(run, weights, Sha256.ofFile(weights), how, List.of());
        CaseCache prepared = new CaseCache(cache, run.settings().preparation());
        FinishedCases finished = new FinishedCases(out.resolve("cases"), Brats.BRATS2020);
        List<Score> all = new ArrayList<>();
        for (CaseFiles files : Cohort.find(data, Brats.BRATS2020).cases()) {
            String key = record.key(prepared.key(files), SUBSETS);
            switch (files.name()) {
                case "Case-0999" -> finished.failed().add(files.name(), key, "its mask is empty");
                case "Case-1000" -> finished.add(files.name(), "another key", draw("Case-1000"));
                default -> {
                    finished.add(files.name(), key, draw(files.name()));
                    all.addAll(draw(files.name()));
                }
            }
        }

        EvaluationResult result =
                new EvaluationRun(run, Optional.empty(), how, new Silent())
                        .collect(data, out, cache);

        assertThat(result.problems())
                .containsExactly(
                        "its mask is empty", "case Case-1000: is missing, not evaluated yet");
        assertThat(result.table().orElseThrow().cases()).isEqualTo(CASES - 2);
        assertThat(out.resolve("scores.csv")).hasContent(ScoresCsv.text(all));
    }
}
