/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.TinyRun;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.tables.ComparisonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunComparisonTest {

    private static final EvaluationSettings ONE =
            new EvaluationSettings(List.of(Brats.BRATS2020.all()), 0);

    @TempDir private Path folder;

    @Test
    void runsAreEvaluatedEachAndCompared() throws IOException {
        Path data = folder.resolve("data");
        PhantomSettings small = PhantomSettings.ofSeed(1).withShape(32, 32, 32);
        PhantomCohort.write(data, 2, small, done -> {});
        RunFolder first = TinyRun.create(folder.resolve("first"), 1, Map.of());
        RunFolder second = TinyRun.create(folder.resolve("second"), 2, Map.of());
        Path out = folder.resolve("out");

        RunComparison.Result result =
                new RunComparison(List.of(first, second), ONE, new Silent())
                        .evaluate(data, out, folder.resolve("cache"));

        assertThat(result.problems()).isEmpty();
        assertThat(result.tables()).containsOnlyKeys("first", "second");
        assertThat(out.resolve("first/scores.csv")).isNotEmptyFile();
        assertThat(out.resolve("second/overlay-Phantom-0001.png")).isNotEmptyFile();
        assertThat(out.resolve("comparison.csv"))
                .hasContent(ComparisonFormat.ofRuns(result.comparison().orElseThrow()).csv());
        assertThat(out.resolve("comparison.md")).content().contains("| second - first | ");

        // A cohort that nothing can be evaluated on leaves the line once and no comparison.
        Path only = data.resolve("Phantom-0001");
        Files.delete(only.resolve("Phantom-0001_seg.nii.gz"));
        RunComparison.Result none =
                new RunComparison(List.of(first, second), ONE, new Silent())
                        .evaluate(only, out, folder.resolve("cache"));
        assertThat(none.problems())
                .containsExactly(
                        "case Phantom-0001: no segmentation file, expected"
                                + " Phantom-0001_seg.nii.gz in "
                                + only);
        assertThat(none.comparison()).isEmpty();
        assertThat(out.resolve("comparison.csv")).doesNotExist();
    }

    @Test
    void refusesRunsItCannotTellApartOrEvaluate() throws IOException {
        RunFolder one = TinyRun.create(folder.resolve("a/run"), 1, Map.of());
        RunFolder other = TinyRun.create(folder.resolve("b/run"), 1, Map.of());
        assertThatThrownBy(() -> new RunComparison(List.of(one, other), ONE, new Silent()))
                .isInstanceOf(UserInputException.class)
                .hasMessage("runs: expected folders of different names, got two named run");
        RunFolder bare = RunFolder.create(folder.resolve("bare"), RunSettings.defaults(), Map.of());
        assertThatThrownBy(() -> new RunComparison(List.of(one, bare), ONE, new Silent()))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        bare.path()
                                + ": expected a checkpoint in "
                                + bare.checkpoints()
                                + ", found none");
    }
}
