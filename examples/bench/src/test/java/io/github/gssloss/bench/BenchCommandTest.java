/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code bench} as its user sees it: the commands of its page, at tiny sizes. */
class BenchCommandTest {

    private static final String LOSS = "gss bench loss";
    private static final String SCALING = "gss bench loss --scaling charts";
    private static final String BUSY_LOSS = BusyBenchTest.LOSS;
    private static final String STEP = "gss bench step --width 8 --crop 48";
    private static final String BUSY_STEP = BusyBenchTest.STEP;
    private static final String PAIRS = "gss bench step --width 8 --crop 24 --repeats 30";
    private static final String ALL = "gss bench step --model all --batch 1";
    private static final String LOADER = "gss bench loader --cache prepared";
    private static final String SUBSETS = "gss bench subsets --width 8 --crop 64";
    private static final String ENDURANCE = "gss bench endurance";

    private static final Path PAGE = Path.of("docs/benches.md");

    @TempDir private Path folder;
    private final BenchRun bench = new BenchRun();
    private final StringWriter out = bench.out();
    private final StringWriter err = bench.err();

    @Test
    void thePageHasTheseCommands() throws IOException {
        List<String> commands =
                Files.readAllLines(PAGE).stream()
                        .filter(line -> line.startsWith("gss bench "))
                        .map(line -> line.replaceFirst(" *#.*", ""))
                        .toList();

        assertThat(commands)
                .containsExactly(
                        LOSS, SCALING, BUSY_LOSS, STEP, PAIRS, BUSY_STEP, ALL, LOADER, SUBSETS,
                        ENDURANCE);
    }

    @Test
    void theLossOnASmallBatch() {
        int exit = run(LOSS, "--size=48", "--batch=1", "--repeats=1", "--threads=1");

        assertThat(err.toString()).isEmpty();
        assertThat(exit).isZero();
        List<String> lines = lines();
        assertThat(lines.get(0)).startsWith("machine: ").contains(" CPUs, ");
        assertThat(lines.get(1)).startsWith("device cpu(), 1 engine threads, DJL 0.36.0, PyTorch");
        assertThat(lines.get(2)).isEqualTo("distillation: " + GroupDistillation.cpuPath());
        assertThat(lines.get(3))
                .isEqualTo("batch 1, 4 classes, 48^3 voxels, 4 modalities: 7.1 MB of logits");
        assertThat(lines.get(5)).matches("median of 1 rounds, ms +forward +backward +both +least");
        assertThat(lines.get(6)).matches("GSS( +\\d+\\.\\d){4}");
        assertThat(lines.get(7)).matches("GSS by operations of the engine( +\\d+\\.\\d){4}");
        assertThat(lines.get(8))
                .matches("GSS with trust, balance, readiness and fallback( +\\d+\\.\\d){4}");
        assertThat(lines.get(9)).matches("plain DJL with autograd( +\\d+\\.\\d){4}");
        assertThat(lines.get(10)).matches("one plain and one tempered softmax.*( +\\d+\\.\\d){3}");
        assertThat(lines)
                .anyMatch(
                        line ->
                                line.matches(
                                        "operations of the engine .*: \\d+, with all remedies"
                                                + " \\d+"));
        List<String> ratios = lines.stream().filter(line -> line.startsWith("ratio ")).toList();
        assertThat(lines).endsWith(ratios.toArray(new String[0]));
        assertThat(ratios.get(0)).matches("ratio time-vs-autograd \\d+\\.\\d\\d");
        assertThat(ratios.get(ratios.size() - 3))
                .matches("ratio time-vs-softmax-floor \\d+\\.\\d\\d");
        assertThat(ratios.get(ratios.size() - 2)).matches("ratio engine-vs-loss \\d+\\.\\d\\d");
        assertThat(ratios.get(ratios.size() - 1)).matches("ratio remedies-vs-paper \\d+\\.\\d\\d");
        if (System.getProperty("os.name").equals("Linux")) {
            // The gradients alone are once the logits. The memory of much smaller arrays, which
            // are not mapped anew, would not be seen.
            String memory = ratios.get(1).replace("ratio memory-vs-logits ", "");
            assertThat(Double.parseDouble(memory)).isBetween(1.0, 20.0);
        } else {
            assertThat(lines)
                    .contains("memory-vs-logits is measured on Linux only: it reads /proc");
        }
    }

    @Test
    void aStepOfASmallNetwork() {
        runs(STEP, "--width=4", "--crop=16", "--batch=1", "--repeats=1");

        List<String> lines = lines();
        assertThat(lines.get(2)).isEqualTo("RFNet of width 4, crops of 16^3, batch 1");
        assertThat(lines.get(4)).matches("median of 1 steps, ms +with GSS +task losses alone");
        for (String part : List.of("network forward", "loss", "backward", "optimiser")) {
            assertThat(lines).anyMatch(line -> line.matches(part + "( +\\d+\\.\\d){2}"));
        }
        assertThat(lines)
                .contains(
                        "gss-overhead: no interval: it takes at least 6 pairs (--repeats), there"
                                + " are 1");
        assertThat(lines.get(lines.size() - 1)).matches("ratio gss-overhead \\d+\\.\\d{3}");
    }

    @Test
    void theOverheadOfSomePairsHasAnInterval() {
        runs(PAIRS, "--width=4", "--crop=16", "--batch=1", "--repeats=6", "--threads=1");

        List<String> lines = lines();
        assertThat(lines)
                .anyMatch(
                        line ->
                                line.matches(
                                        "gss-overhead: median of 6 pairs; 95 % interval"
                                                + " \\d+\\.\\d{3} to \\d+\\.\\d{3} by order"
                                                + " statistics, number 1 from below and from"
                                                + " above"));
        assertThat(lines.get(lines.size() - 2)).matches("ratio gss-overhead \\d+\\.\\d{3}");
        assertThat(lines.get(lines.size() - 1)).matches("ratio gss-overhead-upper \\d+\\.\\d{3}");
    }

    @Test
    void theOverheadIsTheMedianOfThePairs() {
        double[] gss = {11, 24, 10, 13, 14, 15, 16};
        double[] task = {10, 20, 10, 10, 10, 10, 10};

        StepBench.overhead(gss, task, new PrintWriter(out, true));

        assertThat(lines())
                .containsExactly(
                        "gss-overhead: median of 7 pairs; 95 % interval 1.000 to 1.600 by order"
                                + " statistics, number 1 from below and from above",
                        "", "ratio gss-overhead 1.300", "ratio gss-overhead-upper 1.600");
    }

    @Test
    void theSubsetsOnASmallWindow() {
        runs(SUBSETS, "--width=4", "--crop=16", "--repeats=1");

        List<String> lines = lines();
        assertThat(lines.get(2)).isEqualTo("RFNet of width 4, crops of 16^3, batch 1");
        for (String part : List.of("encoders", "fusion of all subsets", "encoders once")) {
            assertThat(lines).anyMatch(line -> line.matches(part + " +\\d+\\.\\d"));
        }
        assertThat(lines.get(lines.size() - 1)).matches("ratio each-vs-once \\d+\\.\\d\\d");
    }

    @Test
    void theLoaderAgainstAStep() {
        Path data = folder.resolve("data");
        PhantomCohort.write(data, 2, PhantomSettings.ofSeed(1).withShape(32, 32, 32), done -> {});

        runs(
                LOADER,
                "--data=" + data,
                "--cache=" + folder.resolve("cache"),
                "--width=4",
                "--crop=16",
                "--batch=1",
                "--samples=2",
                "--repeats=1");

        List<String> lines = lines();
        assertThat(lines.get(2)).endsWith("crops of 16^3, batch 1, 2 cases, 1 workers");
        assertThat(lines.get(4)).matches("median of 2 samples, ms +one thread");
        for (String name : List.of("augmented, near tumour", "the training step takes")) {
            assertThat(lines).anyMatch(line -> line.matches(name + " +\\d+\\.\\d"));
        }
        assertThat(lines.get(lines.size() - 2)).matches("ratio loader-vs-step \\d+\\.\\d");
        assertThat(lines.get(lines.size() - 1))
                .matches("ratio step-waits-for-loader [01]\\.\\d{4}");
    }

    @Test
    void enduranceReportsMemoryAndArrays() {
        int exit = run(ENDURANCE, "--loss-steps=20", "--training-steps=10");

        assertThat(err.toString()).isEmpty();
        assertThat(exit).as(out.toString()).isBetween(0, 1);
        assertThat(lines().get(1)).startsWith("device cpu(), 1 engine threads");
        assertThat(out.toString())
                .contains(
                        "the loss alone, batch 2",
                        "RFNet of width 4",
                        "steps  resident MB, median");
        List<String> verdicts =
                lines().stream().filter(line -> line.contains("the number of arrays")).toList();
        assertThat(verdicts).hasSize(2).allMatch(line -> line.endsWith("arrays is constant"));
        boolean passed = verdicts.stream().allMatch(line -> line.startsWith("passed: "));
        assertThat(exit).isEqualTo(passed ? 0 : 1);
    }

    @Test
    void theScalingNeedsAFolder() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(run(SCALING, "--scaling=" + file)).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        "bench loss: " + file + ": expected a folder that can be made\n");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void numbersOutOfRange() {
        refuses(LOSS, "--classes=1", "a whole number of at least 2, got 1");
        refuses(LOSS, "--repeats=0", "a whole number of at least 1, got 0");
        refuses(LOSS, "--threads=-1", "a whole number of at least 1, got -1");
        refuses(STEP, "--width=6", "a multiple of 4 of at least 4, got 6");
        refuses(STEP, "--crop=8", "a multiple of 8 of at least 16, got 8");
        refuses(STEP, "--threads=0", "a whole number of at least 1, got 0");
        refuses(ALL, "--width=6", "a multiple of 4 of at least 4, got 6");
        refuses(ALL, "--crop=24", "a multiple of 16 of at least 32, got 24");
        refuses(SUBSETS, "--width=6", "a multiple of 4 of at least 4, got 6");
        refuses(SUBSETS, "--repeats=0", "a whole number of at least 1, got 0");
        refuses(LOADER, "--workers=0", "a whole number of at least 1, got 0");
        refuses(ENDURANCE, "--loss-steps=9", "a whole number of at least 10, got 9");
    }

    private void refuses(String command, String option, String expected) {
        assertThat(run(command, option)).isEqualTo(2);
        String bench = command.split(" ", -1)[2];
        String name = option.split("=", 2)[0];
        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        "bench " + bench + ": " + name + ": expected " + expected + "\n");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void withoutACommand() {
        assertThat(run("gss bench")).isEqualTo(2);
        assertThat(err.toString()).startsWith("expected a COMMAND").contains("Usage: bench");
    }

    @Test
    void itIsAToolOfThatName() {
        ToolProvider tool = ToolProvider.findFirst("gss-bench").orElseThrow();

        int exit = tool.run(new PrintWriter(out), new PrintWriter(err), "loss", "--help");

        assertThat(exit).isZero();
        assertThat(out.toString()).contains("Usage: bench loss", "--threads=N");
    }

    private void runs(String command, String... tiny) {
        bench.runs(command, tiny);
    }

    private int run(String command, String... tiny) {
        return bench.run(command, tiny);
    }

    private List<String> lines() {
        return bench.lines();
    }
}
