/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.mmformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.Layer;

/**
 * Layer norm of each token on its own, (x - mean) / sqrt(variance + 1e-5) * weight + bias. DJL's
 * block of this kind names its parameters otherwise than the published checkpoints.
 */
final class TokenNorm extends Layer {

    private static final float EPSILON = 1e-5f;

    private final Parameter weight;
    private final Parameter bias;
    private final Shape shape;

    TokenNorm(int channels) {
        shape = new Shape(channels);
        weight = addParameter(parameter("weight", Parameter.Type.GAMMA));
        bias = addParameter(parameter("bias", Parameter.Type.BETA));
    }

    private Parameter parameter(String name, Parameter.Type type) {
        return Parameter.builder().setName(name).setType(type).optShape(shape).build();
    }

    @Override
    protected NDList forward(ForwardPass pass, NDList inputs) {
        NDArray x = inputs.singletonOrThrow();
        NDArray scale = pass.value(weight, x.getDevice());
        NDArray shift = pass.value(bias, x.getDevice());
        return x.getNDArrayInternal().layerNorm(x, shape, scale, shift, EPSILON);
    }
}
