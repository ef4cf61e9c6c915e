/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
 * @param auxiliary the task losses of the auxiliary outputs and the network's own losses, summed,
 *     times their weight
 * @param distillation L<sub>kd</sub>, without &beta; and &tau;<sup>2</sup>
 * @param network the losses that are outputs of the network, by name, without any weight; 0 outside
 *     training
 */
public record LossParts(
        float total,
        float fused,
        float branches,
        float auxiliary,
        float distillation,
        Map<String, Float> network) {

    private static final int TERMS = LossTerm.values().length;

    /**
     * Keeps a copy of the map.
     *
     * @param total the loss itself
     * @param fused the task loss of the fused output
     * @param branches those of the branches
     * @param auxiliary those of the auxiliary outputs
     * @param distillation L<sub>kd</sub>
     * @param network the losses that are outputs of the network
     */
    public LossParts {
        network = Collections.unmodifiableMap(new LinkedHashMap<>(network));
    }

    /** Copies them from the device, together: the terms, then the network's own losses. */
    static LossParts copy(NDArray total, Map<String, NDArray> parts) {
        try (NDManager work = total.getManager().newSubManager()) {
            NDList all = new NDList(alias(total, work));
            parts.values().forEach(part -> all.add(alias(part, work)));
            float[] numbers = NDArrays.stack(all).toFloatArray();
            List<String> names = List.copyOf(parts.keySet());
            Map<String, Float> network = new LinkedHashMap<>();
            for (int i = TERMS; i < names.size(); i++) {
                network.put(names.get(i), numbers[1 + i]);
            }
            return new LossParts(
                    numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], network);
        }
    }

    private static NDArray alias(NDArray scalar, NDManager work) {
        NDArray alias = scalar.stopGradient();
        alias.attach(work);
        return alias.toType(DataType.FLOAT32, false);
    }

    float of(String part) {
        return switch (part) {
            case "fused" -> fused;
            case "branches" -> branches;
            case "auxiliary" -> auxiliary;
            case "distillation" -> distillation;
            default -> network.get(part);
        };
    }
}
