/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference numbers of what is not in the paper, see make_ours.py. */
class GoldenOursTest {

    @ParameterizedTest
    @CsvSource({
        "ours-trust.npz, FLOAT64, 1e-12",
        "ours-trust.npz, FLOAT32, 1e-5",
        "ours-weight-balance.npz, FLOAT64, 1e-12",
        "ours-weight-balance.npz, FLOAT32, 1e-5",
        "ours-ready-label.npz, FLOAT64, 1e-12",
        "ours-ready-label.npz, FLOAT32, 1e-5",
        "ours-fallback.npz, FLOAT64, 1e-12",
        "ours-fallback.npz, FLOAT32, 1e-5",
        "ours-nothing.npz, FLOAT64, 1e-12",
        "ours-nothing.npz, FLOAT32, 1e-5",
        "ours-passion.npz, FLOAT64, 1e-12",
        "ours-passion.npz, FLOAT32, 1e-5",
    })
    void everyArrayAgrees(String file, DataType type, double tolerance) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            Golden golden = Golden.read(manager, "ours/" + file);
            GssConfig config = config(golden);
            NDList logits = golden.logits(type);
            DistillationInput input =
                    DistillationInput.builder()
                            .setBranchLogits(logits)
                            .optPresent(golden.get("present"))
                            .optLabels(golden.get("labels"))
                            .optFused(golden.get("fused"))
                            .optMask(golden.get("mask"))
                            .optReady(golden.get("ready"))
                            .build();
            for (long block : new long[] {17, 1 << 16}) {
                GroupDistillation distillation = new GroupDistillation(config, block);
                try (SoftTarget target = distillation.softTarget(input);
                        DistillationResult result = distillation.evaluate(input)) {
                    agrees("target", golden.get("target"), target.target(), tolerance);
                    agrees("trust", golden.get("trust"), target.trust(), tolerance);
                    agrees("loss", golden.get("loss"), result.loss(), tolerance);
                    NDArray gradients = NDArrays.stack(result.gradients());
                    agrees("grad", golden.get("grad"), gradients, tolerance);
                }
            }
        }
    }

    private static GssConfig config(Golden golden) {
        long[] settings = golden.get("settings").toLongArray();
        GssConfigBuilder builder =
                golden.config()
                        .optIgnoreIndex(255)
                        .optTrust(Trust.values()[(int) settings[0]])
                        .optBalance(Balance.values()[(int) settings[1]])
                        .optTeacher(RandomRemedies.TEACHERS.get((int) settings[2]))
                        .optDivergence(RandomRemedies.KINDS.get((int) settings[3]))
                        .optNormalised(settings[4] == 1);
        if (settings[5] >= 0) {
            UnreadyVote vote = UnreadyVote.values()[(int) settings[5]];
            builder.optReadiness(Readiness.of(0.5, 0.99, vote));
        }
        return builder.build();
    }

    private static void agrees(String name, NDArray wanted, NDArray got, double tolerance) {
        assertThat(Golden.deviation(wanted, got)).as(name).isLessThanOrEqualTo(tolerance);
    }
}
