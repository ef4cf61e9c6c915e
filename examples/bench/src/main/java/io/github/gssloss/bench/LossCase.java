/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.core.Balance;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.FallbackTeacher;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.Readiness;
import io.github.gssloss.core.Trust;
import io.github.gssloss.core.UnreadyVote;
import io.github.gssloss.djl.OutputLayout;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A size at which the loss is measured, with the paper's settings.
 *
 * @param batch the samples B
 * @param side the voxels of a side of the cubes
 * @param modalities M
 * @param classes N
 */
record LossCase(int batch, int side, int modalities, int classes) {

    /** How much higher the logit of the true class lies, and how far logits scatter. */
    private static final double SIGNAL = 4;

    private static final double SCATTER = 2;

    /** The bar and the decay of the readiness. */
    private static final double BAR = 0.3;

    private static final double DECAY = 0.99;

    /** Checks the numbers under the names of the options that set them. */
    LossCase {
        BenchOptions.atLeast("--batch", batch, 1);
        BenchOptions.atLeast("--size", side, 1);
        BenchOptions.atLeast("--modalities", modalities, 1);
        BenchOptions.atLeast("--classes", classes, 2);
    }

    /** The shape of one branch's logits. */
    Shape shape() {
        return new Shape(batch, classes, side, side, side);
    }

    /** All voxels of the batch. */
    long voxels() {
        return (long) batch * side * side * side;
    }

    /** The bytes of all branches' logits. */
    long logitBytes() {
        return (long) Float.BYTES * modalities * shape().size();
    }

    OutputLayout layout() {
        return OutputLayout.fusedThenBranches(modalities);
    }

    GssConfig config() {
        return GssConfig.builder().optGroups(groups()).build();
    }

    /**
     * The groups of BraTS 2020 at its size. Elsewhere a class is led by one modality, and every
     * third by two.
     */
    ClassGroups groups() {
        if (modalities == 4 && classes == 4) {
            return ClassGroups.brats2020();
        }
        List<String> names = IntStream.range(0, modalities).mapToObj(m -> "m" + m).toList();
        ClassGroups.Builder builder = ClassGroups.builder().setModalities(names);
        for (int c = 0; c < classes; c++) {
            String leader = names.get(c % modalities);
            String second = names.get((c + 1) % modalities);
            if (c % 3 == 2 && modalities > 1) {
                builder.addClass("c" + c, leader, second);
            } else {
                builder.addClass("c" + c, leader);
            }
        }
        return builder.build();
    }

    /** The paper's settings with trust, balance, readiness and the fallback to the fused output. */
    GssConfig remedies() {
        return GssConfig.builder()
                .optGroups(groups())
                .optTrust(Trust.LABEL)
                .optBalance(Balance.CLASS)
                .optReadiness(Readiness.of(BAR, DECAY, UnreadyVote.LABEL))
                .optTeacher(FallbackTeacher.VOTES_ELSE_FUSED)
                .build();
    }

    /** True classes (B, voxels...), int64, drawn from the engine's generator. */
    NDArray truth(NDManager manager) {
        return manager.randomInteger(
                0, classes, new Shape(batch, side, side, side), DataType.INT64);
    }

    /**
     * Logits of branches that are often right, sometimes unsure and sometimes wrong, so that every
     * decision of the vote occurs. Drawn from the engine's generator.
     *
     * @param truth the true classes, whose manager receives the logits
     */
    NDList logits(NDArray truth) {
        NDManager manager = truth.getManager();
        NDList logits = new NDList();
        try (NDManager work = manager.newSubManager();
                NDArray column = truth.expandDims(1)) {
            NDArray numbers =
                    work.arange(0, classes, 1, DataType.INT64).reshape(1, classes, 1, 1, 1);
            NDArray signal = numbers.eq(column).toType(DataType.FLOAT32, false).muli(SIGNAL);
            for (int m = 0; m < modalities; m++) {
                NDArray branch = work.randomNormal(shape()).muli(SCATTER).addi(signal);
                branch.attach(manager);
                logits.add(branch);
            }
        }
        return logits;
    }

    @Override
    public String toString() {
        return String.format(
                "batch %d, %d classes, %d^3 voxels, %d modalities: %.1f MB of logits",
                batch, classes, side, modalities, logitBytes() / 1e6);
    }
}
