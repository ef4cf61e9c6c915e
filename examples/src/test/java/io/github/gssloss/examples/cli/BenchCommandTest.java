/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code gss bench} as its user sees it. */
class BenchCommandTest {

    private final CommandHarness gss = new CommandHarness(new BenchCommand());

    @Test
    void theLossOnASmallBatch() {
        int exit = gss.run("bench", "loss", "--size=40", "--batch=1", "--repeats=1", "--threads=1");

        assertThat(gss.errLines()).isEmpty();
        assertThat(exit).isZero();
        List<String> lines = gss.out().lines().toList();
        assertThat(lines.get(0)).startsWith("machine: ").contains(" CPUs, ");
        assertThat(lines.get(1)).startsWith("device cpu(), 1 engine threads, DJL 0.36.0, PyTorch");
        assertThat(lines.get(2))
                .isEqualTo("batch 1, 4 classes, 40^3 voxels, 4 modalities: 4.1 MB of logits");
        assertThat(gss.out()).contains("forward  backward", "core: loss and gradients");
        List<String> ratios = lines.stream().filter(line -> line.startsWith("ratio ")).toList();
        assertThat(lines).endsWith(ratios.toArray(new String[0]));
        assertThat(ratios.get(0)).matches("ratio time-vs-autograd \\d+\\.\\d\\d");
        assertThat(ratios.get(ratios.size() - 1))
                .matches("ratio time-vs-softmax-floor \\d+\\.\\d\\d");
        if (System.getProperty("os.name").equals("Linux")) {
            // The gradients alone are once the logits.
            String memory = ratios.get(1).replace("ratio memory-vs-logits ", "");
            assertThat(Double.parseDouble(memory)).isBetween(1.0, 20.0);
        } else {
            assertThat(gss.out()).contains("memory-vs-logits is measured on Linux only");
        }
    }

    @Test
    void numbersOutOfRange() {
        refuses("--classes: expected a whole number of at least 2, got 1", "--classes=1");
        refuses("--repeats: expected a whole number of at least 1, got 0", "--repeats=0");
        refuses("--threads: expected a whole number of at least 1, got -1", "--threads=-1");
    }

    private void refuses(String message, String option) {
        assertThat(gss.run("bench", "loss", option)).isEqualTo(2);
        assertThat(gss.errLines()).containsExactly("gss bench loss: " + message);
        assertThat(gss.out()).isEmpty();
    }

    @Test
    void withoutACommand() {
        assertThat(gss.run("bench")).isEqualTo(2);
        assertThat(gss.errLines().get(0)).isEqualTo("gss bench: expected a COMMAND");
    }
}
