/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.reference;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import io.github.gssloss.djl.CrossEntropyLoss;
import io.github.gssloss.networks.ModalityNetwork;
import io.github.gssloss.networks.weights.BlockWeights;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What the references of U-HVED and RobustSeg have in common: outputs in training, task losses, and
 * the gradients of two sums of losses. {@code total} is the plain cross entropy of all outputs plus
 * the network's own losses but the decay of weights; {@code own} has the published task losses of
 * the fused output alone in place of the cross entropies.
 */
final class TrainedReference {

    private static final double FORWARD = 1e-4;
    private static final double LOSS = 1e-5;
    private static final double GRADIENT = 1e-3;
    private static final float OWN_WEIGHT = 0.1f;

    private final ReferenceArrays arrays;
    private final ModalityNetwork network;
    private final List<String> ownLosses;
    private final ParameterStore store;
    private final NDArray x;
    private final NDArray subset;
    private final NDArray label;
    private final ComputedArrays computed;

    /**
     * Gives a network the weights of a file.
     *
     * @param arrays the file
     * @param network the network
     * @param ownLosses the outputs that are losses with a weight of 0.1
     */
    TrainedReference(ReferenceArrays arrays, ModalityNetwork network, List<String> ownLosses) {
        this.arrays = arrays;
        this.network = network;
        this.ownLosses = ownLosses;
        x = arrays.get("x").toType(DataType.FLOAT32, false);
        subset = arrays.get("present").neq(0).toType(DataType.FLOAT32, false);
        NetworkReference.initialize(network, arrays, x, subset);
        Shape shape = x.getShape();
        label = arrays.get("label", new Shape(shape.get(0)).addAll(shape.slice(2)));
        arrays.get("out/fused", network.getOutputShapes(new Shape[] {shape})[0]);
        store = new ParameterStore(x.getManager(), false);
        computed = new ComputedArrays(arrays);
    }

    NDArray x() {
        return x;
    }

    NDArray subset() {
        return subset;
    }

    ParameterStore store() {
        return store;
    }

    void forward(String name, NDArray array) {
        computed.add(name, array, Measure.ABSOLUTE, FORWARD);
    }

    void loss(String name, NDArray value) {
        computed.add("loss/" + name, value, Measure.RELATIVE, LOSS);
    }

    /** Computes the outputs in training, and {@code total} and {@code own}. */
    NDList outputs() {
        NDList outputs = network.forward(store, new NDList(x, subset), true);
        List.of("fused", "recon").forEach(name -> forward("out/" + name, outputs.get(name)));
        for (String modality : network.modalities()) {
            String name = "branch_logits_" + modality;
            forward("out/" + name, outputs.get(name));
        }
        loss("total", total(outputs));
        loss("own", own(outputs));
        return outputs;
    }

    /** A task loss of the fused output and of the branches. */
    void task(String name, Loss loss, NDList outputs) {
        loss(name + "_fused", evaluate(loss, outputs, "fused"));
        loss(name + "_branch", branches(loss, outputs));
    }

    private NDArray evaluate(Loss loss, NDList outputs, String name) {
        return loss.evaluate(new NDList(label), new NDList(outputs.get(name)));
    }

    private NDArray branches(Loss loss, NDList outputs) {
        NDList values = new NDList();
        for (String modality : network.modalities()) {
            values.add(evaluate(loss, outputs, "branch_prob_" + modality));
        }
        return NDArrays.stack(values);
    }

    private NDArray total(NDList outputs) {
        Loss loss = new CrossEntropyLoss();
        NDArray tasks = evaluate(loss, outputs, "fused").add(branches(loss, outputs).sum());
        return tasks.add(ofNetwork(outputs));
    }

    private NDArray own(NDList outputs) {
        NDArray sum = ofNetwork(outputs);
        for (Loss loss : network.taskLosses()) {
            sum = sum.add(evaluate(loss, outputs, "fused"));
        }
        return sum;
    }

    private NDArray ofNetwork(NDList outputs) {
        NDArray[] losses = ownLosses.stream().map(outputs::get).toArray(NDArray[]::new);
        NDArray sum = NDArrays.add(losses);
        // A constant of the engine's own: autograd keeps no Java buffer alive.
        return sum.mul(sum.getManager().full(new Shape(), OWN_WEIGHT, DataType.FLOAT32));
    }

    /**
     * Compares everything that was computed, and the gradients.
     *
     * @param cancelled the names of weights whose gradient is 0 but for rounding, as a norm behind
     *     them cancels them
     */
    List<Deviation> compare(Pattern cancelled) {
        gradients("grad/", this::total, cancelled);
        gradients("grad_own/", this::own, cancelled);
        return computed.compare(DataType.FLOAT32, "out/", "mid/", "loss/", "grad/", "grad_own/");
    }

    private void gradients(String prefix, Function<NDList, NDArray> loss, Pattern cancelled) {
        if (arrays.arrays().stream().noneMatch(array -> array.getName().startsWith(prefix))) {
            return;
        }
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.zeroGradients();
            collector.backward(loss.apply(network.forward(store, new NDList(x, subset), true)));
        }
        double largest = largest(prefix);
        BlockWeights.parameters(network)
                .forEach(
                        (name, parameter) -> {
                            NDArray gradient = parameter.getArray().getGradient().duplicate();
                            if (cancelled.matcher(name).matches()) {
                                double limit = GRADIENT * largest;
                                computed.add(prefix + name, gradient, Measure.ABSOLUTE, limit);
                            } else {
                                computed.add(prefix + name, gradient, Measure.RELATIVE, GRADIENT);
                            }
                        });
    }

    /** The largest value of all gradients of the file. */
    private double largest(String prefix) {
        return arrays.arrays().stream()
                .filter(array -> array.getName().startsWith(prefix))
                .mapToDouble(array -> array.toType(DataType.FLOAT64, false).abs().max().getDouble())
                .max()
                .orElse(0);
    }
}
