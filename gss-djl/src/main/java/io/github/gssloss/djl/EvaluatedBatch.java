/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a loss computed of one batch. All arrays belong to the batch and are freed with it. */
final class EvaluatedBatch {

    private final List<WeakReference<NDArray>> arrays = new ArrayList<>();
    private final BatchSettings settings;
    private final NDArray total;
    private final Map<String, NDArray> parts;

    /** The parts on the host; null until they are asked for. */
    private LossParts copied;

    /**
     * Keeps what was computed.
     *
     * @param labels the labels, whose arrays it recognises
     * @param predictions the predictions, whose arrays it recognises
     * @param settings those of its step, with the mask; null outside training
     * @param total the loss, without gradient
     * @param parts the parts of the loss, without gradient; empty if it has none
     */
    EvaluatedBatch(
            NDList labels,
            NDList predictions,
            BatchSettings settings,
            NDArray total,
            Map<String, NDArray> parts) {
        labels.forEach(array -> arrays.add(new WeakReference<>(array)));
        predictions.forEach(array -> arrays.add(new WeakReference<>(array)));
        this.settings = settings;
        this.total = total;
        this.parts = parts;
    }

    /** The settings of its step, with the mask; null if it was not a training batch. */
    BatchSettings settings() {
        return settings;
    }

    NDArray total() {
        return total;
    }

    NDArray part(String part) {
        return parts.get(part);
    }

    /** Copies loss and parts from the device, in one copy for all who ask. */
    LossParts read() {
        if (copied == null) {
            copied = LossParts.copy(total, parts);
        }
        return copied;
    }

    /** Whether it was computed of these very arrays: the same ones, not equal ones. */
    boolean isOf(NDList labels, NDList predictions) {
        if (arrays.size() != labels.size() + predictions.size()) {
            return false;
        }
        for (int i = 0; i < arrays.size(); i++) {
            NDArray array = i < labels.size() ? labels.get(i) : predictions.get(i - labels.size());
            if (arrays.get(i).get() != array) {
                return false;
            }
        }
        return true;
    }
}
