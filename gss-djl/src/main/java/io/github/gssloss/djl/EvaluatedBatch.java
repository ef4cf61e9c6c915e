/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * What a loss computed of one batch. All arrays belong to the batch and are freed with it.
 *
 * @param arrays the labels and predictions it was computed of
 * @param settings those it was trained with; null outside training
 * @param total the loss, without gradient
 * @param parts the parts of the loss, without gradient; empty if it has none
 * @param read copies the parts from the device when they are first asked for
 */
record EvaluatedBatch(
        List<WeakReference<NDArray>> arrays,
        BatchSettings settings,
        NDArray total,
        Map<LossTerm, NDArray> parts,
        Supplier<LossParts> read) {

    static EvaluatedBatch of(
            List<WeakReference<NDArray>> arrays,
            BatchSettings settings,
            NDArray total,
            Map<LossTerm, NDArray> parts) {
        Supplier<LossParts> read = once(() -> LossParts.copy(total, parts));
        return new EvaluatedBatch(arrays, settings, total, parts, read);
    }

    private static Supplier<LossParts> once(Supplier<LossParts> copy) {
        AtomicReference<LossParts> copied = new AtomicReference<>();
        return () -> copied.updateAndGet(before -> before == null ? copy.get() : before);
    }

    static List<WeakReference<NDArray>> arrays(NDList labels, NDList predictions) {
        List<WeakReference<NDArray>> arrays = new ArrayList<>();
        labels.forEach(array -> arrays.add(new WeakReference<>(array)));
        predictions.forEach(array -> arrays.add(new WeakReference<>(array)));
        return arrays;
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
