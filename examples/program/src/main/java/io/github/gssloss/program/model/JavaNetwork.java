/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.model;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.github.gssloss.imaging.segment.Segmenter;
import io.github.gssloss.networks.ModalityNetwork;
import io.github.gssloss.networks.weights.BlockWeights;
import io.github.gssloss.program.config.RunSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A network made of this program's blocks.
 *
 * @param model the owner of its weights
 * @param network the network, initialised
 */
record JavaNetwork(Model model, ModalityNetwork network) implements RunNetwork {

    static JavaNetwork create(RunSettings settings, Device device) {
        Model model = Model.newInstance(settings.model().name().name(), device);
        ModalityNetwork network = Networks.of(settings);
        model.setBlock(network);
        network.initialize(model.getNDManager(), DataType.FLOAT32, RunNetwork.inputs(settings, 1));
        return new JavaNetwork(model, network);
    }

    @Override
    public Block parameters() {
        return network;
    }

    @Override
    public Segmenter segmenter(ParameterStore store) {
        return new NetworkSegmenter(network, store);
    }

    /** Its branches know neither dropout nor running means. */
    @Override
    public Optional<Block> branches(ParameterStore store) {
        return Optional.of(network);
    }

    @Override
    public String checkpointType() {
        return "npz";
    }

    @Override
    public void save(Path file) {
        BlockWeights.save(network, file);
    }

    @Override
    public boolean neverUses(String parameter) {
        return network.neverUses(parameter);
    }

    @Override
    public void close() {
        network.clear();
        model.close();
    }
}
