/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.github.gssloss.networks.ModalityNetwork;
import io.github.gssloss.networks.weights.BlockWeights;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** One network and one crop, which it segments outside training. */
final class TimedPrediction implements AutoCloseable {

    private static final String PREDICTION = "prediction";

    private final Model model;
    private final ModalityNetwork network;
    private final NDList crop;

    TimedPrediction(StepCase size, Device device) {
        StepCase one = size.ofOne();
        model = Model.newInstance(one.network().key(), device);
        network = one.create();
        network.initialize(
                model.getNDManager(), DataType.FLOAT32, one.images(), one.subsets());
        network.freezeParameters(true);
        crop = one.data(model.getNDManager());
    }

    private Contender contender() {
        ParameterStore store = new ParameterStore(model.getNDManager(), false);
        return watch -> {
            network.forward(store, crop, false).close();
            watch.lap(PREDICTION);
        };
    }

    /** Times predictions for one crop with all modalities. */
    Stopwatch time(int warmUp, int repeats) {
        return Stopwatch.rounds(
                        model.getNDManager(),
                        warmUp,
                        repeats,
                        Collections.singletonMap(PREDICTION, contender()))
                .get(PREDICTION);
    }

    /** The numbers in all parameters. */
    long parameters() {
        return count(BlockWeights.parameters(network).values());
    }

    /** The numbers in the parameters that a prediction reads; the others are for training alone. */
    long parametersRead() {
        ReadParameters store = new ReadParameters();
        network.forward(store, crop, false).close();
        return count(store.read);
    }

    private static long count(Collection<Parameter> parameters) {
        return parameters.stream().mapToLong(parameter -> parameter.getArray().size()).sum();
    }

    /** Frees network and crop. */
    @Override
    public void close() {
        network.clear();
        model.close();
    }

    /** Keeps what is asked for. */
    private final class ReadParameters extends ParameterStore {

        private final Set<Parameter> read = Collections.newSetFromMap(new IdentityHashMap<>());

        ReadParameters() {
            super(model.getNDManager(), false);
        }

        @Override
        public NDArray getValue(Parameter parameter, Device device, boolean training) {
            // DJL's layers ask for the bias that they do not have, too.
            if (parameter != null) {
                read.add(parameter);
            }
            return super.getValue(parameter, device, training);
        }
    }
}
