/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.uhved;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;

/**
 * A normal distribution of standard deviation sqrt(2 / fan-in), values beyond two standard
 * deviations drawn anew.
 */
final class TruncatedHeNormal implements Initializer {

    @Override
    public NDArray initialize(NDManager manager, Shape shape, DataType dataType) {
        double fanIn = (double) shape.size() / shape.get(0);
        return manager.truncatedNormal(0f, (float) Math.sqrt(2 / fanIn), shape, dataType);
    }
}
