/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.imaging.prepare.TrainedSpacing;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.TinyRun;
import io.github.gssloss.program.runfolder.RunCases;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases whose voxels are not of the sizes of the training are named. */
class OtherSpacingsTest {

    private static final List<Double> SIX = List.of(6.3116, 6.3116, 6.3116);
    private static final List<Double> THREE = List.of(3.0, 3.0, 3.0);

    @TempDir private Path folder;
    private Path data;
    private Cohort cohort;

    @BeforeEach
    void twoPhantomsOfLargeVoxels() throws IOException {
        data = folder.resolve("data");
        PhantomCohort.write(data, 2, PhantomSettings.ofSeed(1).withShape(32, 32, 32), done -> {});
        cohort = Cohort.find(data, Brats.BRATS2020);
    }

    private RunFolder trainedOn(String name, Optional<TrainedSpacing> spacing) throws IOException {
        RunFolder run = TinyRun.create(folder.resolve(name), 1, Map.of());
        Map<String, String> preparation = run.settings().preparation().record().fields();
        TreeMap<String, String> none = new TreeMap<>();
        new RunCases(none, none, new TreeMap<>(preparation), none, none, spacing)
                .write(run.cases());
        return run;
    }

    private static TrainedSpacing from(List<Double> lowest, List<Double> highest) {
        return new TrainedSpacing(lowest, lowest, highest);
    }

    private OtherSpacings compared(RunFolder run) throws IOException {
        OtherSpacings spacings = OtherSpacings.of(run);
        cohort.cases().forEach(spacings::add);
        return spacings;
    }

    @Test
    void casesOfAnotherSpacingAreNamedWithBoth() throws IOException {
        OtherSpacings found = compared(trainedOn("run", Optional.of(from(THREE, THREE))));

        String words =
                "voxels of 6.3116 x 6.3116 x 6.3116 mm, those of the training had 3 x 3 x 3 mm";
        assertThat(found.cases())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("Phantom-0001", words, "Phantom-0002", words));
        assertThat(found.warning())
                .contains(
                        "2 cases on another spacing than the training, such as Phantom-0001 ("
                                + words
                                + "): the network sees them at another size; gss predict resamples,"
                                + " and so does a training with the setting spacing");
    }

    @Test
    void aRangeThatDoesNotReachIsSaid() throws IOException {
        List<Double> thick = List.of(1.0, 1.0, 2.5);

        OtherSpacings found = compared(trainedOn("run", Optional.of(from(thick, THREE))));

        assertThat(found.cases())
                .containsEntry(
                        "Phantom-0001",
                        "voxels of 6.3116 x 6.3116 x 6.3116 mm, those of the training had 1 x 1 x"
                                + " 2.5 to 3 x 3 x 3 mm");
    }

    @Test
    void casesWithinTheRangeAreNot() throws IOException {
        for (Optional<TrainedSpacing> like :
                List.of(
                        Optional.of(from(SIX, SIX)),
                        Optional.of(from(THREE, SIX)),
                        Optional.<TrainedSpacing>empty())) {
            OtherSpacings found = compared(trainedOn("run-" + like.hashCode(), like));

            assertThat(found.cases()).as("%s", like).isEmpty();
            assertThat(found.warning()).isEmpty();
        }
    }

    @Test
    void anEvaluationRecordsThem() throws IOException {
        Path away = evaluate(trainedOn("away", Optional.of(from(THREE, THREE))));
        Path like = evaluate(trainedOn("like", Optional.of(from(SIX, SIX))));

        assertThat(away.resolve("evaluation.yaml"))
                .content()
                .contains(
                        "otherSpacings:\n"
                                + "  Phantom-0001: \"voxels of 6.3116 x 6.3116 x 6.3116 mm, those");
        assertThat(like.resolve("evaluation.yaml")).content().doesNotContain("otherSpacings");
        assertThat(away.resolve("scores.csv")).hasSameBinaryContentAs(like.resolve("scores.csv"));
    }

    private Path evaluate(RunFolder run) throws IOException {
        Path out = folder.resolve(run.name() + "-evaluated");
        EvaluationSettings all = new EvaluationSettings(List.of(Brats.BRATS2020.all()), 0);
        new EvaluationRun(run, Optional.empty(), all, new Silent())
                .evaluate(data, out, folder.resolve("cache"));
        return out;
    }
}
