/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.core.ClassLabels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The predictions and labels of one batch, for as long as its loss is computed: half precision is
 * promoted once, labels are read once, and outputs of absent modalities become finite.
 *
 * <p>The caller's arrays are attached to a manager of this batch until it is closed; what shall
 * outlive it is {@linkplain #keep kept}.
 */
final class LabelledBatch implements AutoCloseable {

    private final OutputLayout layout;
    private final NDManager owner;
    private final NDManager work;
    private final NDList predictions;
    private final NDArray classes;
    private final NDArray present;
    private final Shape shape;
    private final DataType type;
    private final OptionalInt ignoreIndex;
    private final Map<Output, OutputValues> values = new HashMap<>();
    private TaskLabels taskLabels;

    LabelledBatch(OutputLayout layout, OptionalInt ignoreIndex, NDList labels, NDList predictions) {
        this.layout = layout;
        this.ignoreIndex = ignoreIndex;
        boolean all = layout.hasAllOutputs(predictions);
        shape =
                all
                        ? LayoutCheck.requireOneShape(layout, predictions)
                        : predictions.get(0).getShape();
        present = labels.size() > 1 ? labels.get(1) : null;
        if (all && present != null) {
            LossArguments.requireShape(
                    "present", present, new Shape(shape.get(0), layout.numBranches()));
        }
        classes = labels.get(0);
        owner = predictions.get(0).getManager();
        work = owner.newSubManager();
        TemporaryAttachment.to(work, predictions, labels);
        this.predictions = new NDList();
        predictions.forEach(output -> this.predictions.add(AutogradConstants.promoted(output)));
        type = fused().array().getDataType();
    }

    /** The manager of everything that is computed of this batch. */
    NDManager manager() {
        return work;
    }

    /** The shape (B, N, spatial...) of every output. */
    Shape shape() {
        return shape;
    }

    /** The labels as they were given, without the matrix of modalities. */
    NDArray classes() {
        return classes;
    }

    /** The labels as the task losses need them, made when they are first asked for. */
    TaskLabels taskLabels() {
        if (taskLabels == null) {
            taskLabels = TaskLabels.of(ClassLabels.of(classes, shape, ignoreIndex, work), type);
        }
        return taskLabels;
    }

    /** (B, M), non-zero where a sample has a modality; null if all are present. */
    NDArray present() {
        return present;
    }

    /** A scalar 0 in the type of the loss. */
    NDArray zero() {
        return work.zeros(new Shape(), type);
    }

    OutputValues fused() {
        return values(layout.fusedOf(predictions));
    }

    /** A loss that the network gave, a scalar without its weight. */
    NDArray networkLoss(NetworkLoss own) {
        return predictions.get(own.index()).sum();
    }

    /** The losses that the network gave, by name. */
    Map<String, NDArray> networkLosses() {
        Map<String, NDArray> losses = new LinkedHashMap<>();
        layout.networkLosses().forEach(own -> losses.put(own.name(), networkLoss(own)));
        return losses;
    }

    /** The same names with 0: outside training a network need not give them. */
    Map<String, NDArray> noNetworkLosses() {
        Map<String, NDArray> losses = new LinkedHashMap<>();
        layout.networkLosses().forEach(own -> losses.put(own.name(), zero()));
        return losses;
    }

    /** What the task loss of branch m is computed of. */
    OutputValues branch(int m) {
        return values(layout.branchProbabilities().get(m));
    }

    /** The logits of every branch as the network gave them, in at least float32. */
    NDList branchLogits() {
        NDList logits = new NDList();
        for (int m = 0; m < layout.numBranches(); m++) {
            logits.add(values(layout.branches().get(m)).logits());
        }
        return logits;
    }

    /**
     * What an output holds, the same object for all who ask; of a branch, it is finite in the
     * samples that lack its modality.
     */
    OutputValues values(Output output) {
        return values.computeIfAbsent(output, this::read);
    }

    private OutputValues read(Output output) {
        OutputValues given = new OutputValues(predictions.get(output.index()), output.kind());
        int m = layout.branchOf(output);
        return m < 0 ? given : wherePresent(given, m);
    }

    /**
     * 1 where a sample has modality m, else 0, (B, 1, 1...) in the type of the loss; null if all
     * samples have it.
     */
    NDArray indicator(int m) {
        if (present == null) {
            return null;
        }
        long[] dims = new long[shape().dimension()];
        Arrays.fill(dims, 1);
        dims[0] = shape().get(0);
        NDArray column = present.stopGradient().get(":, {}", m);
        NDArray zero = AutogradConstants.constant(work, 0, column.getDataType());
        return column.neq(zero).toType(type, false).reshape(new Shape(dims));
    }

    /**
     * Selects on the outputs themselves: a product with 0, or a selection after a softmax, would
     * leave the gradient of a NaN as NaN.
     */
    private OutputValues wherePresent(OutputValues output, int m) {
        NDArray indicator = indicator(m);
        if (indicator == null) {
            return output;
        }
        NDArray zero = AutogradConstants.constant(work, 0, indicator.getDataType());
        NDArray has = indicator.gt(zero).broadcast(shape());
        double neutral = output.kind() == OutputKind.LOGITS ? 0 : 1.0 / shape().get(1);
        NDArray other = AutogradConstants.constant(work, neutral, indicator.getDataType());
        return new OutputValues(NDArrays.where(has, output.array(), other), output.kind());
    }

    /** Moves an array to the manager of the predictions, so that it lives as long as they do. */
    NDArray keep(NDArray array) {
        array.attach(owner);
        return array;
    }

    /** Frees all that was not kept, and gives the caller's arrays back to their managers. */
    @Override
    public void close() {
        work.close();
    }
}
