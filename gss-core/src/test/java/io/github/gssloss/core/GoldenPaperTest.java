/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference numbers of the paper's rules: votes, decisions, target, divergences, gradients. */
class GoldenPaperTest {

    @ParameterizedTest
    @CsvSource({
        "gss-paper-brats.npz, FLOAT64, 1e-9",
        "gss-paper-brats.npz, FLOAT32, 1e-5",
        "gss-paper-best.npz, FLOAT64, 1e-9",
        "gss-paper-best.npz, FLOAT32, 1e-5",
        "gss-paper-2d-3leaders.npz, FLOAT64, 1e-9",
        "gss-paper-2d-3leaders.npz, FLOAT32, 1e-5",
        "gss-paper-missing.npz, FLOAT64, 1e-9",
        "gss-paper-missing.npz, FLOAT32, 1e-5",
        "gss-paper-underflow.npz, FLOAT64, 1e-9",
        "gss-paper-underflow.npz, FLOAT32, 5e-5",
    })
    void everyArrayAgrees(String file, DataType type, double tolerance) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            Golden golden = Golden.read(manager, file);
            NDList logits = golden.logits(type);
            NDArray present = golden.get("present");
            GssConfig config = golden.config().build();
            try (SoftTarget target =
                    new GroupDistillation(config).softTarget(Inputs.present(logits, present))) {
                assertThat(target.vote().decision().toType(DataType.INT64, false))
                        .isEqualTo(golden.get("rule"));
                agrees(golden, "vote", target.vote().value(), tolerance);
                agrees(golden, "target", target.target(), tolerance);
            }
            divergence(golden, config, Divergence.FORWARD_KL, "forward", logits, tolerance);
            divergence(golden, config, Divergence.REVERSE_KL, "reverse", logits, tolerance);
        }
    }

    private static void divergence(
            Golden golden,
            GssConfig config,
            Divergence divergence,
            String name,
            NDList logits,
            double tolerance) {
        GssConfig ordered = config.toBuilder().optDivergence(divergence).build();
        // 100 voxels a block: the files are small, and their numbers must come out of many blocks.
        for (long block : new long[] {100, 1 << 16}) {
            GroupDistillation distillation = new GroupDistillation(ordered, block);
            try (DistillationResult result =
                    distillation.evaluate(
                            Inputs.of(logits, golden.get("present"), golden.get("mask")))) {
                agrees(golden, "kl_" + name, result.loss(), tolerance);
                NDArray expected = golden.get("grad_" + name);
                double scale = expected.abs().max().getDouble();
                for (int m = 0; m < logits.size(); m++) {
                    NDArray off =
                            expected.get(m)
                                    .sub(result.gradients().get(m).toType(DataType.FLOAT64, false));
                    assertThat(off.abs().max().getDouble() / scale)
                            .as("grad_%s of branch %d", name, m)
                            .isLessThanOrEqualTo(tolerance);
                }
            }
        }
    }

    private static void agrees(Golden golden, String name, NDArray actual, double tolerance) {
        assertThat(Golden.deviation(golden.get(name), actual))
                .as(name)
                .isLessThanOrEqualTo(tolerance);
    }
}
