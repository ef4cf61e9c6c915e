/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gss bench} as its user sees it. */
class BenchCommandTest {

    @TempDir private Path folder;
    private final CommandHarness gss = new CommandHarness();

    @Test
    void theLossOnASmallBatch() {
        int exit = gss.run("bench", "loss", "--size=48", "--batch=1", "--repeats=1", "--threads=1");

        assertThat(gss.errLines()).isEmpty();
        assertThat(exit).isZero();
        List<String> lines = gss.out().lines().toList();
        assertThat(lines.get(0)).startsWith("machine: ").contains(" CPUs, ");
        assertThat(lines.get(1)).startsWith("device cpu(), 1 engine threads, DJL 0.36.0, PyTorch");
        assertThat(lines.get(2))
                .isEqualTo("batch 1, 4 classes, 48^3 voxels, 4 modalities: 7.1 MB of logits");
        assertThat(gss.out()).contains("forward  backward", "core: loss and gradients");
        List<String> ratios = lines.stream().filter(line -> line.startsWith("ratio ")).toList();
        assertThat(lines).endsWith(ratios.toArray(new String[0]));
        assertThat(ratios.get(0)).matches("ratio time-vs-autograd \\d+\\.\\d\\d");
        assertThat(ratios.get(ratios.size() - 1))
                .matches("ratio time-vs-softmax-floor \\d+\\.\\d\\d");
        if (System.getProperty("os.name").equals("Linux")) {
            // The gradients alone are once the logits. The memory of much smaller arrays, which
            // are not mapped anew, would not be seen.
            String memory = ratios.get(1).replace("ratio memory-vs-logits ", "");
            assertThat(Double.parseDouble(memory)).isBetween(1.0, 20.0);
        } else {
            assertThat(gss.out()).contains("memory-vs-logits is measured on Linux only");
        }
    }

    @Test
    void aStepOfASmallNetwork() {
        assertThat(run("step", "--width=4", "--crop=16", "--batch=1", "--repeats=1")).isZero();

        List<String> lines = gss.out().lines().toList();
        assertThat(lines.get(2)).isEqualTo("RFNet of width 4, crops of 16^3, batch 1");
        assertThat(lines.get(4)).matches("median of 1 steps, ms +with GSS +task losses alone");
        for (String part : List.of("network forward", "loss", "backward", "optimiser")) {
            assertThat(gss.out()).containsPattern(part + " +\\d+\\.\\d +\\d+\\.\\d\n");
        }
        assertThat(lines.get(lines.size() - 1)).matches("ratio gss-overhead \\d+\\.\\d{3}");
    }

    @Test
    void theSubsetsOnASmallWindow() {
        assertThat(run("subsets", "--width=4", "--crop=16", "--repeats=1")).isZero();

        List<String> lines = gss.out().lines().toList();
        assertThat(lines.get(2)).isEqualTo("RFNet of width 4, crops of 16^3, batch 1");
        for (String part : List.of("encoders", "fusion of all subsets", "encoders once")) {
            assertThat(gss.out()).containsPattern(part + " +\\d+\\.\\d\n");
        }
        assertThat(lines.get(lines.size() - 1)).matches("ratio each-vs-once \\d+\\.\\d\\d");
    }

    @Test
    void theLoaderAgainstAStep() {
        Path data = folder.resolve("data");
        PhantomCohort.write(data, 2, PhantomSettings.ofSeed(1).withShape(32, 32, 32), done -> {});
        String where = "--data=" + data;
        String cache = "--cache=" + folder.resolve("cache");

        assertThat(
                        run(
                                "loader",
                                where,
                                cache,
                                "--width=4",
                                "--crop=16",
                                "--batch=1",
                                "--samples=2",
                                "--repeats=1"))
                .isZero();

        List<String> lines = gss.out().lines().toList();
        assertThat(lines.get(2)).endsWith("crops of 16^3, batch 1, 2 cases, 1 workers");
        assertThat(gss.out()).contains("augmented, near tumour", "the training step takes");
        assertThat(lines.get(lines.size() - 2)).matches("ratio loader-vs-step \\d+\\.\\d");
        assertThat(lines.get(lines.size() - 1))
                .matches("ratio step-waits-for-loader [01]\\.\\d{4}");
    }

    @Test
    void enduranceTellsMemoryAndArrays() {
        int exit = gss.run("bench", "endurance", "--loss-steps=20", "--training-steps=10");

        assertThat(gss.errLines()).isEmpty();
        assertThat(exit).as(gss.out()).isBetween(0, 1);
        assertThat(gss.out())
                .contains(
                        "the loss alone, batch 2",
                        "RFNet of width 4",
                        "steps  resident MB, median");
        List<String> verdicts =
                gss.out().lines().filter(line -> line.contains("the number of arrays")).toList();
        assertThat(verdicts).hasSize(2).allMatch(line -> line.endsWith("arrays is constant"));
        boolean passed = verdicts.stream().allMatch(line -> line.startsWith("passed: "));
        assertThat(exit).isEqualTo(passed ? 0 : 1);
    }

    private int run(String... words) {
        List<String> all = new ArrayList<>(List.of("bench"));
        all.addAll(List.of(words));
        int exit = gss.run(all.toArray(new String[0]));
        assertThat(gss.errLines()).isEmpty();
        return exit;
    }

    @Test
    void numbersOutOfRange() {
        refuses("loss", "--classes=1", "a whole number of at least 2, got 1");
        refuses("loss", "--repeats=0", "a whole number of at least 1, got 0");
        refuses("loss", "--threads=-1", "a whole number of at least 1, got -1");
        refuses("step", "--width=6", "a multiple of 4 of at least 4, got 6");
        refuses("step", "--crop=8", "a multiple of 8 of at least 16, got 8");
        refuses("subsets", "--width=6", "a multiple of 4 of at least 4, got 6");
        refuses("subsets", "--repeats=0", "a whole number of at least 1, got 0");
        refuses("endurance", "--loss-steps=9", "a whole number of at least 10, got 9");
    }

    private void refuses(String command, String option, String expected) {
        assertThat(gss.run("bench", command, option)).isEqualTo(2);
        String name = option.split("=", 2)[0];
        assertThat(gss.errLines())
                .containsExactly("gss bench " + command + ": " + name + ": expected " + expected);
        assertThat(gss.out()).isEmpty();
    }

    @Test
    void theScalingNeedsAFolder() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(gss.run("bench", "loss", "--scaling=" + file)).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly(
                        "gss bench loss: " + file + ": expected a folder that can be made");
    }

    @Test
    void withoutACommand() {
        assertThat(gss.run("bench")).isEqualTo(2);
        assertThat(gss.errLines().get(0)).isEqualTo("gss bench: expected a COMMAND");
    }
}
