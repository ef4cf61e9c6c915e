/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.loss.Loss;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The task losses of a network's outputs: the sum of one or several losses for each output.
 *
 * @param losses the losses, each with what it is computed of
 */
record TaskLosses(List<Entry> losses) {

    /**
     * One loss.
     *
     * @param loss a {@link TaskLoss}, or any other of DJL's form
     * @param kind what it is computed of
     */
    record Entry(Loss loss, OutputKind kind) {}

    /** Keeps a copy of the list. */
    TaskLosses {
        losses = List.copyOf(losses);
    }

    /** The task loss of an output that every sample has. */
    NDArray of(LabelledBatch batch, OutputValues output) {
        NDList terms = new NDList();
        for (Entry entry : losses) {
            NDArray values = output.as(entry.kind());
            terms.add(
                    entry.loss() instanceof TaskLoss own
                            ? own.evaluate(batch.taskLabels(), values)
                            : scalar(entry.loss(), batch.classes(), values));
        }
        return sum(terms);
    }

    /** The sum over branches, each in the samples that have its modality. */
    NDArray branches(LabelledBatch batch, int branches) {
        NDList sums = new NDList();
        for (int m = 0; m < branches; m++) {
            OutputValues output = batch.branch(m);
            sums.add(batch.present() == null ? of(batch, output) : present(batch, output, m));
        }
        return sum(sums);
    }

    /** DJL adds two arrays or more. */
    private static NDArray sum(NDList terms) {
        return terms.size() == 1 ? terms.head() : NDArrays.add(terms.toArray(new NDArray[0]));
    }

    private NDArray present(LabelledBatch batch, OutputValues output, int m) {
        NDArray indicator = batch.indicator(m);
        TaskLabels ofPresent = batch.taskLabels().of(indicator);
        NDList terms = new NDList();
        for (Entry entry : losses) {
            NDArray values = output.as(entry.kind());
            terms.add(
                    entry.loss() instanceof TaskLoss own
                            // The Dice loss of an empty batch is 1, a constant: it is left out.
                            ? own.evaluate(ofPresent, values).mul(indicator.max())
                            : ofRows(entry.loss(), batch, values, indicator));
        }
        return sum(terms);
    }

    /** Any other loss gets the samples that have the modality alone; the host waits. */
    private static NDArray ofRows(
            Loss loss, LabelledBatch batch, NDArray values, NDArray indicator) {
        double[] has = indicator.flatten().toType(DataType.FLOAT64, false).toDoubleArray();
        long[] rows = LongStream.range(0, has.length).filter(b -> has[(int) b] > 0).toArray();
        if (rows.length == 0) {
            return batch.zero();
        }
        NDArray index = batch.manager().create(rows).duplicate();
        return scalar(loss, batch.classes().get(index), values.get(index));
    }

    private static NDArray scalar(Loss loss, NDArray classes, NDArray values) {
        return loss.evaluate(new NDList(classes), new NDList(values)).sum();
    }

    /** The sum over the auxiliary outputs and the network's own losses; 0 if there are none. */
    NDArray auxiliary(LabelledBatch batch, OutputLayout layout) {
        NDArray sum = batch.zero();
        for (Output output : layout.auxiliary()) {
            sum = sum.add(of(batch, batch.values(output)));
        }
        for (NetworkLoss own : layout.networkLosses()) {
            sum = sum.add(AutogradConstants.times(batch.networkLoss(own), own.weight()));
        }
        return sum;
    }
}
