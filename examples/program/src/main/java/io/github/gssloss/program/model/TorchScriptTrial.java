/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.model;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.config.NetworkLayout;
import io.github.gssloss.program.config.RunSettings;
import java.nio.file.Path;

/**
 * Tries a TorchScript network on a crop, before anything depends on it.
 *
 * @param file where it is from
 * @param script the network
 * @param settings the settings of the run
 */
record TorchScriptTrial(Path file, Block script, RunSettings settings) {

    /**
     * Runs the network as in training.
     *
     * @return whether it takes the subset as its second input
     * @throws UserInputException if it cannot be trained, takes other inputs, or gives outputs that
     *     do not fit layout, classes and crop
     */
    boolean takesSubset() {
        if (script.getParameters().isEmpty()) {
            throw new UserInputException(file + ": expected parameters to train, found none");
        }
        try (NDManager scope = scope()) {
            boolean takesSubset = runsWithSubset(scope);
            // Outside training first, so that it is in training where asked.
            runOutsideTraining(takesSubset);
            check(run(inputs(scope, settings.batch(), takesSubset), true));
            return takesSubset;
        }
    }

    /**
     * Runs the network as it is evaluated. DJL takes a network that was just read to be in
     * training, and it is not; after this pass both agree.
     *
     * @return how many outputs it gave
     * @throws UserInputException if its prediction does not fit classes and crop
     */
    int runOutsideTraining(boolean takesSubset) {
        try (NDManager scope = scope()) {
            NDList outputs = run(inputs(scope, 1, takesSubset), false);
            NDArray fused = settings.outputs().fusedProbabilities(outputs);
            check("the fused output", fused.getShape(), expected(1));
            return outputs.size();
        }
    }

    /** A failure that is not about the number of inputs is the network's own. */
    private boolean runsWithSubset(NDManager scope) {
        try {
            forward(inputs(scope, settings.batch(), true), false);
            return true;
        } catch (EngineException e) {
            if (String.valueOf(e.getMessage()).startsWith("Expected at most")) {
                return false;
            }
            throw refused(e);
        }
    }

    private void check(NDList outputs) {
        NetworkLayout layout = settings.outputs();
        if (outputs.size() < layout.outputs().numOutputs()) {
            throw new UserInputException(
                    "%s: expected %d outputs in training as the layout has them, got %d"
                            .formatted(file, layout.outputs().numOutputs(), outputs.size()));
        }
        Shape expected = expected(settings.batch());
        for (int index : layout.used()) {
            check("output " + index, outputs.get(index).getShape(), expected);
        }
    }

    private Shape expected(int samples) {
        Shape images = RunNetwork.inputs(settings, samples)[0];
        return new Shape(samples, settings.description().labels().classes())
                .addAll(images.slice(2));
    }

    private void check(String name, Shape got, Shape expected) {
        if (!got.equals(expected)) {
            throw new UserInputException(
                    "%s: expected %s to have shape %s, got %s"
                            .formatted(file, name, expected, got));
        }
    }

    private NDManager scope() {
        Device device = script.getParameters().get(0).getValue().getArray().getDevice();
        return NDManager.newBaseManager(device);
    }

    private NDList inputs(NDManager scope, int samples, boolean withSubset) {
        Shape[] shapes = RunNetwork.inputs(settings, samples);
        NDList inputs = new NDList(scope.randomNormal(shapes[0]));
        if (withSubset) {
            inputs.add(scope.ones(shapes[1], DataType.BOOLEAN));
        }
        return inputs;
    }

    private NDList run(NDList inputs, boolean training) {
        try {
            return forward(inputs, training);
        } catch (EngineException e) {
            throw refused(e);
        }
    }

    private UserInputException refused(EngineException e) {
        Shape[] shapes = RunNetwork.inputs(settings, settings.batch());
        return new UserInputException(
                "%s: expected a network of images %s, with or without subsets %s, got: %s"
                        .formatted(file, shapes[0], shapes[1], TorchScriptNetwork.problem(e)),
                e);
    }

    private NDList forward(NDList inputs, boolean training) {
        return script.forward(
                new ParameterStore(inputs.head().getManager(), false), inputs, training);
    }
}
