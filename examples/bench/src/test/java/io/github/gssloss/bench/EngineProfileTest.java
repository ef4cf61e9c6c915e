/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.bench.EngineProfile.Operation;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EngineProfileTest {

    private static final String STEP =
            "gss bench step --width 4 --crop 16 --batch 1 --repeats 1 --threads 1 --profile";
    private static final String SUBSETS =
            "gss bench subsets --width 4 --crop 16 --repeats 1 --threads 1 --profile";

    private final BenchRun bench = new BenchRun();

    @Test
    void countsWhatJavaAskedFor() throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = manager.ones(new Shape(2, 64, 64));
            EngineProfile profile = EngineProfile.of(() -> x.matMul(x).softmax(1).exp());
            assertThat(profile.outermost()).isEqualTo(3);
            List<Operation> byTime = profile.byTime();
            assertThat(byTime).isSortedAccordingTo(Comparator.comparingDouble(o -> -o.millis()));
            // A product of matrices is made of others, whose time is theirs.
            assertThat(byTime)
                    .extracting(Operation::name)
                    .contains("aten::matmul", "aten::bmm", "aten::softmax", "aten::exp");
            assertThat(byTime).allMatch(o -> o.millis() >= 0 && o.calls() > 0);
        }
    }

    @Test
    void ownTimesAddUpToTheTimeOfTheWork() throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = manager.ones(new Shape(4, 512, 512));
            long[] nanos = new long[1];
            EngineProfile profile =
                    EngineProfile.of(
                            () -> {
                                long start = System.nanoTime();
                                Stream.of(1, 2, 3).forEach(i -> x.matMul(x).close());
                                nanos[0] = System.nanoTime() - start;
                            });
            double all = profile.byTime().stream().mapToDouble(Operation::millis).sum();
            // Were the time inside counted twice, it would be about twice this time.
            assertThat(all).isBetween(nanos[0] / 2e6, nanos[0] / 1e6);
        }
    }

    @Test
    void aStepIsMadeOfConvolutions() {
        bench.runs(STEP);

        List<String> lines = bench.lines();
        assertThat(lines).anyMatch(l -> l.matches("profile of a step with GSS +calls +ms +%"));
        String row = " +\\d+ +\\d+\\.\\d +\\d+\\.\\d";
        for (String name : List.of("convolution 3x3x3", "convolution 3x3x3, backward", "others")) {
            assertThat(lines).anyMatch(l -> l.matches(name + row));
        }
        assertThat(lines.get(lines.size() - 1)).startsWith("ratio gss-overhead ");
    }

    @Test
    void theFusionOfSubsetsIsBoundByItsLargeConvolutions() {
        bench.runs(SUBSETS);

        List<String> lines = bench.lines();
        // Nine a subset at level 1 to 3, and three at level 4.
        assertThat(lines)
                .anyMatch(l -> l.matches("convolution 3x3x3 +270 +\\d+\\.\\d +\\d+\\.\\d"));
        String number = " \\d+\\.\\d\\d";
        assertThat(lines.get(lines.size() - 2)).matches("ratio each-vs-once" + number);
        assertThat(lines.get(lines.size() - 1)).matches("ratio each-vs-once-bound" + number);
    }

    @Test
    void aProfileIsOfTheComparisonOnACpu() {
        refuses("--busy", "--profile: expected without --busy, got both\n");
        refuses("--model=all", "--profile: expected without --model, got both\n");
        refuses("--device=gpu", "--profile: expected --device cpu, got gpu\n");
    }

    private void refuses(String option, String message) {
        assertThat(bench.run(STEP, option)).isEqualTo(2);
        assertThat(bench.err().toString()).isEqualToNormalizingNewlines("bench step: " + message);
        assertThat(bench.out().toString()).isEmpty();
    }
}
