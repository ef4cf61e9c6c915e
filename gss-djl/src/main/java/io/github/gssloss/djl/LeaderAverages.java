/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.core.DistillationInput;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.Readiness;

/**
 * The running counts of {@link Readiness}: per class the voxels predicted and labelled, predicted,
 * and labelled, by the leaders. They stay on the device.
 */
final class LeaderAverages {

    private static final int COUNTS = 3;

    /** Null if the settings have none: nothing is counted. */
    private final Readiness readiness;

    private final int numClasses;
    private final long blockVoxels;

    /** As they were given; null if they are on the device, or nothing was counted. */
    private double[] given;

    /** Float64 (3, N), of no manager; null before the first batch. */
    private NDArray counts;

    LeaderAverages(GssConfig config, long blockVoxels) {
        this.blockVoxels = blockVoxels;
        readiness = config.readiness().orElse(null);
        numClasses = config.groups().numClasses();
    }

    /**
     * The counts with those of a batch, which are not taken over yet.
     *
     * @param batch the batch; the result is on its manager
     * @param config its settings
     * @return float64 (3, N); null without readiness
     */
    NDArray with(LabelledBatch batch, GssConfig config) {
        if (readiness == null) {
            return null;
        }
        DistillationInput input =
                DistillationInput.builder()
                        .setBranchLogits(batch.branchLogits())
                        .optLabels(batch.classes())
                        .optPresent(batch.present())
                        .build();
        NDArray ofBatch = DistillationTerm.distillation(config, blockVoxels).leaderOverlap(input);
        NDArray share =
                AutogradConstants.constant(
                        batch.manager(), 1 - readiness.decay(), ofBatch.getDataType());
        NDArray added = ofBatch.mul(share);
        NDArray before = before(batch.manager());
        if (before == null) {
            return added;
        }
        NDArray decay =
                AutogradConstants.constant(
                        batch.manager(), readiness.decay(), ofBatch.getDataType());
        return before.mul(decay).add(added);
    }

    private NDArray before(NDManager manager) {
        if (counts != null) {
            // An alias: what is computed of an array without manager has none either.
            NDArray alias = counts.stopGradient();
            alias.attach(manager);
            return alias;
        }
        return given == null ? null : manager.create(given, new Shape(COUNTS, numClasses));
    }

    /**
     * The classes that are ready by some counts: Dice above the bar.
     *
     * @param of float64 (3, N)
     * @return 1 where a class is ready, else 0, float32 (N)
     */
    NDArray ready(NDArray of) {
        NDArray twice = of.get(0).add(of.get(0));
        NDArray bar =
                AutogradConstants.constant(of.getManager(), readiness.bar(), of.getDataType());
        return twice.gt(of.get(1).add(of.get(2)).mul(bar)).toType(DataType.FLOAT32, false);
    }

    /** Takes counts over; they no longer belong to a manager. */
    void take(NDArray next) {
        next.detach();
        if (counts != null) {
            counts.close();
        }
        counts = next;
        given = null;
    }

    /** The counts from the device, row after row; empty if nothing was counted. */
    double[] read() {
        if (counts != null) {
            return counts.toDoubleArray();
        }
        return given == null ? new double[0] : given.clone();
    }

    /** Continues from counts that were {@link #read}. */
    void set(double[] values) {
        if (readiness == null && values.length > 0) {
            throw new IllegalArgumentException(
                    "leader counts: expected none, since the settings have no readiness, got "
                            + values.length);
        }
        if (values.length != 0 && values.length != COUNTS * numClasses) {
            throw new IllegalArgumentException(
                    "leader counts: expected none or "
                            + COUNTS * numClasses
                            + " numbers, three for each of "
                            + numClasses
                            + " classes, got "
                            + values.length);
        }
        for (double value : values) {
            if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "leader counts: expected finite numbers of at least 0, got " + value);
            }
        }
        if (counts != null) {
            counts.close();
            counts = null;
        }
        given = values.length == 0 ? null : values.clone();
    }
}
