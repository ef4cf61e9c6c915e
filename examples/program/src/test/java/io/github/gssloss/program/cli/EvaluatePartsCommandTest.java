/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.TinyRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gss evaluate} in parts, of one run, of the mean of two, and of two compared. */
class EvaluatePartsCommandTest {

    @TempDir private Path folder;
    private final CommandHarness gss = new CommandHarness();

    @BeforeEach
    void casesAndRuns() throws IOException {
        PhantomSettings small = PhantomSettings.ofSeed(1).withShape(32, 32, 32);
        PhantomCohort.write(folder.resolve("data"), 3, small, done -> {});
        TinyRun.create(folder.resolve("one"), 1, Map.of());
        TinyRun.create(folder.resolve("two"), 2, Map.of());
    }

    private int evaluate(String out, List<String> runs, String... more) {
        List<String> words = new ArrayList<>(List.of("evaluate"));
        runs.forEach(run -> words.add("--run=" + folder.resolve(run)));
        words.add("--data=" + folder.resolve("data"));
        words.add("--out=" + folder.resolve(out));
        words.addAll(List.of("--subsets=all,flair", "--overlap=0"));
        words.addAll(List.of(more));
        return gss.run(words.toArray(String[]::new));
    }

    /** What was printed, without the progress. */
    private List<String> printed() {
        return gss.out()
                .lines()
                .filter(line -> !line.startsWith("Evaluating "))
                .map(line -> line.replace("/whole", "/parts"))
                .toList();
    }

    private void same(String... files) {
        for (String file : files) {
            assertThat(folder.resolve("parts").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
        }
    }

    @Test
    void theMeanOfTwoRuns() {
        List<String> both = List.of("one", "two");
        assertThat(evaluate("whole", both, "--ensemble")).isZero();
        List<String> whole = printed();
        assertThat(evaluate("parts", both, "--ensemble", "--part=1/2")).isZero();
        assertThat(printed())
                .containsExactly(
                        whole.get(0),
                        whole.get(1),
                        "2 passes for each window: 2 networks, each window seen in 1 way",
                        "one: part 1/2 has 1 case, 0 were finished before, 0 cannot be evaluated");
        assertThat(evaluate("parts", both, "--ensemble", "--collect")).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly(
                        "gss evaluate: case Phantom-0001: is missing, not evaluated yet",
                        "gss evaluate: case Phantom-0003: is missing, not evaluated yet");
        assertThat(evaluate("parts", both, "--ensemble", "--part=0/2")).isZero();
        assertThat(evaluate("parts", both, "--ensemble", "--collect")).isZero();
        assertThat(printed()).isEqualTo(whole);
        same("scores.csv", "summary.md", "summary.csv", "evaluation.yaml");
    }

    @Test
    void twoRunsCompared() {
        List<String> both = List.of("one", "two");
        assertThat(evaluate("whole", both)).isZero();
        List<String> whole = printed();
        for (String part : List.of("--part=2/3", "--part=0/3", "--part=1/3")) {
            assertThat(evaluate("parts", both, part)).isZero();
            assertThat(printed()).startsWith(whole.get(0), whole.get(1)).hasSize(4);
        }
        assertThat(evaluate("parts", both, "--collect")).isZero();
        assertThat(printed()).isEqualTo(whole);
        same("comparison.csv", "comparison.md", "one/scores.csv", "two/scores.csv");
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        List<String> one = List.of("one");
        assertThat(evaluate("out", one, "--part=2/2")).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly(
                        "gss evaluate: --part: expected K/N with K from 0 to below N, such as 0/6"
                                + " to 5/6, got 2/2");
        assertThat(evaluate("out", one, "--part=0/2", "--collect")).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly("gss evaluate: expected one of --part and --collect, got both");
        assertThat(evaluate("out", one, "--collect")).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly(
                        "gss evaluate: %s: expected the folder that the parts have left, found none"
                                .formatted(folder.resolve("out")));
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
