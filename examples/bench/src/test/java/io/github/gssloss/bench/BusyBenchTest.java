/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Benches of a busy machine, as {@link BenchCommandTest}. */
class BusyBenchTest {

    static final String LOSS = "gss bench loss --busy";
    static final String STEP = "gss bench step --width 8 --crop 48 --busy";

    @TempDir private Path folder;
    private final BenchRun bench = new BenchRun();

    @Test
    void theLossOnABusyMachine() {
        bench.runs(LOSS, "--size=8", "--batch=1", "--repeats=1", "--threads=1");

        List<String> lines = bench.lines();
        assertThat(lines.get(3)).startsWith("batch 1, 4 classes, 8^3 voxels");
        busy(lines, List.of("forward", "backward", "whole run", "least of all runs"));
        assertThat(lines.get(6)).matches("median of 1 runs, ms +quiet +busy");
    }

    @Test
    void aStepOnABusyMachine() {
        bench.runs(STEP, "--width=4", "--crop=16", "--batch=1", "--repeats=1", "--threads=1");

        List<String> lines = bench.lines();
        assertThat(lines.get(2)).isEqualTo("RFNet of width 4, crops of 16^3, batch 1");
        busy(lines, List.of("network forward", "loss", "backward", "whole step"));
    }

    private static void busy(List<String> lines, List<String> rows) {
        int processors = Runtime.getRuntime().availableProcessors();
        assertThat(lines).anyMatch(line -> line.startsWith(processors + " busy processes, "));
        for (String row : rows) {
            assertThat(lines).anyMatch(line -> line.matches(row + "( +\\d+\\.\\d){2}"));
        }
        assertThat(lines).filteredOn(line -> line.startsWith("ratio ")).hasSize(1);
        assertThat(lines.get(lines.size() - 1)).matches("ratio busy-vs-quiet \\d+\\.\\d\\d");
    }

    @Test
    void aBusyMachineIsForOneMeasurement() {
        assertThat(bench.run(LOSS, "--scaling=" + folder.resolve("charts"))).isEqualTo(2);
        assertThat(bench.err().toString())
                .isEqualToNormalizingNewlines(
                        "bench loss: --busy: expected without --scaling, got both\n");
        assertThat(folder.resolve("charts")).doesNotExist();

        assertThat(bench.run(STEP, "--model=all")).isEqualTo(2);
        assertThat(bench.err().toString())
                .isEqualToNormalizingNewlines(
                        "bench step: --busy: expected without --model, got both\n");
        assertThat(bench.out().toString()).isEmpty();
    }
}
