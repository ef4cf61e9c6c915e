/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.imaging.segment.Mirroring;
import io.github.gssloss.imaging.segment.WindowUse;
import io.github.gssloss.imaging.segment.WindowWeights;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.TinyRun;
import io.github.gssloss.program.report.page.HtmlReport;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations with mirrored windows, other weights of windows and several networks. */
class EnsembleEvaluationTest {

    private static final EvaluationSettings PLAIN =
            new EvaluationSettings(List.of(Brats.BRATS2020.all()), 0.5);

    @TempDir private Path folder;
    private RunFolder one;
    private RunFolder two;

    @BeforeEach
    void runs() throws IOException {
        PhantomSettings settings = PhantomSettings.ofSeed(5).withShape(32, 32, 32);
        PhantomCohort.write(folder.resolve("data"), 1, settings, done -> {});
        one = TinyRun.create(folder.resolve("one"), 1, Map.of());
        two = TinyRun.create(folder.resolve("two"), 2, Map.of());
    }

    private List<Score> evaluate(EvaluationSettings settings, RunFolder... runs)
            throws IOException {
        List<RunWeights> weights =
                Stream.of(runs).map(run -> RunWeights.of(run, Optional.empty())).toList();
        return new EvaluationRun(weights, settings, new Silent())
                .evaluate(folder.resolve("data"), out(), folder.resolve("cache"))
                .table()
                .orElseThrow()
                .rows();
    }

    private Path out() {
        return folder.resolve("out");
    }

    private String kept() throws IOException {
        return Files.readString(out().resolve("cases/Phantom-0001.csv"));
    }

    private String report() throws IOException {
        Path file = folder.resolve("report.html");
        HtmlReport.write(out(), file);
        return Files.readString(file);
    }

    @Test
    void aFolderIsNotContinuedWithOtherSettings() throws IOException {
        List<Score> plain = evaluate(PLAIN, one);
        String before = kept();
        assertThat(out().resolve("evaluation.yaml"))
                .content()
                .doesNotContain("mirror", "windowWeights", "averagedWith", "passes");
        assertThat(evaluate(PLAIN, one)).isEqualTo(plain);
        assertThat(report()).doesNotContain("Weights of overlapping windows");

        WindowUse use = new WindowUse(Mirroring.of(List.of("x", "y")), WindowWeights.GAUSSIAN);
        List<Score> mirrored = evaluate(PLAIN.with(use), one);
        assertThat(mirrored).isNotEqualTo(plain);
        assertThat(kept()).isNotEqualTo(before);
        assertThat(out().resolve("evaluation.yaml"))
                .content()
                .contains("mirror: \"x,y\"\n", "windowWeights: \"gaussian\"\n");
        assertThat(report())
                .contains("<p>4 passes for each window: 1 network, each window seen in 4 ways</p>")
                .contains("<p>Weights of overlapping windows: gaussian</p>");

        List<Score> both = evaluate(PLAIN, one, two);
        assertThat(both).isNotEqualTo(plain).isNotEqualTo(evaluate(PLAIN, two));
        assertThat(evaluate(PLAIN, one, two)).isEqualTo(both);
        assertThat(out().resolve("evaluation.yaml"))
                .content()
                .contains("averagedWith:\n", two.path().toString());
        assertThat(report())
                .contains("<p>2 passes for each window: 2 networks, each window seen in 1 way</p>")
                .contains("<p>Weights of overlapping windows: uniform</p>");
        assertThat(evaluate(PLAIN, one)).isEqualTo(plain);
        assertThat(kept()).isEqualTo(before);
    }

    /** The mean of a network with itself is itself. */
    @Test
    void aRunTwiceIsTheRun() throws IOException {
        assertThat(evaluate(PLAIN, one, one)).isEqualTo(evaluate(PLAIN, one));
    }
}
