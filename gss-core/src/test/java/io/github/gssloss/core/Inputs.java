/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/** Batches of the arrays that a test has; each may be null. */
final class Inputs {

    private Inputs() {}

    static DistillationInput of(NDList logits, NDArray present, NDArray mask) {
        return of(logits, present, mask, null);
    }

    static DistillationInput of(NDList logits, NDArray present, NDArray mask, NDArray fused) {
        return DistillationInput.builder()
                .setBranchLogits(logits)
                .optPresent(present)
                .optMask(mask)
                .optFused(fused)
                .build();
    }

    static DistillationInput present(NDList logits, NDArray present) {
        return of(logits, present, null);
    }

    static DistillationInput masked(NDList logits, NDArray mask) {
        return of(logits, null, mask);
    }

    static DistillationInput labelled(NDList logits, NDArray present, NDArray labels) {
        return labelled(logits, present, labels, null);
    }

    static DistillationInput labelled(
            NDList logits, NDArray present, NDArray labels, NDArray fused) {
        return DistillationInput.builder()
                .setBranchLogits(logits)
                .optPresent(present)
                .optLabels(labels)
                .optFused(fused)
                .build();
    }
}
