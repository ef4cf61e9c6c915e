/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Map;

/**
 * The parts of the loss of one batch: total = &alpha; * (fused + branches + auxiliary) + &beta; *
 * &tau;<sup>2</sup> * distillation in training (in the released edition fused + auxiliary + &alpha;
 * * branches + ...); outside training the fused part alone. The numbers are those of the device
 * rounded to float; a NaN stays NaN.
 *
 * @param total the loss itself
 * @param fused the task loss of the fused output, in training times its weight; 0 at the steps
 *     before it joins
 * @param branches the task losses of the branches, summed, times their weight
 * @param auxiliary the task losses of the auxiliary outputs, summed, times their weight
 * @param distillation L<sub>kd</sub>, without &beta; and &tau;<sup>2</sup>
 */
public record LossParts(
        float total, float fused, float branches, float auxiliary, float distillation) {

    /** Copies them from the device, together. */
    static LossParts copy(NDArray total, Map<LossTerm, NDArray> parts) {
        try (NDManager work = total.getManager().newSubManager()) {
            NDList all = new NDList(alias(total, work));
            for (LossTerm part : LossTerm.values()) {
                all.add(alias(parts.get(part), work));
            }
            float[] numbers = NDArrays.stack(all).toFloatArray();
            return new LossParts(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
        }
    }

    private static NDArray alias(NDArray scalar, NDManager work) {
        NDArray alias = scalar.stopGradient();
        alias.attach(work);
        return alias.toType(DataType.FLOAT32, false);
    }

    float of(LossTerm part) {
        return switch (part) {
            case FUSED -> fused;
            case BRANCHES -> branches;
            case AUXILIARY -> auxiliary;
            case DISTILLATION -> distillation;
        };
    }
}
