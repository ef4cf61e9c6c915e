/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.model;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.github.gssloss.imaging.segment.Segmenter;
import io.github.gssloss.networks.Axes;
import io.github.gssloss.networks.ModalityNetwork;
import io.github.gssloss.networks.PaddingMode;
import io.github.gssloss.networks.TrainingOutputs;
import io.github.gssloss.networks.mmformer.MmFormer;
import io.github.gssloss.networks.rfnet.RfNet;
import io.github.gssloss.networks.robustseg.RobustSeg;
import io.github.gssloss.networks.uhved.Uhved;
import io.github.gssloss.networks.weights.BlockWeights;
import io.github.gssloss.program.config.ModelSettings;
import io.github.gssloss.program.config.RunSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A network made of this program's blocks.
 *
 * @param settings the settings of its run
 * @param model the owner of its weights
 * @param network the network, initialised
 */
record JavaNetwork(RunSettings settings, Model model, ModalityNetwork network)
        implements RunNetwork {

    static JavaNetwork create(RunSettings settings, Device device) {
        Model model = Model.newInstance(settings.model().name().name(), device);
        ModalityNetwork network = network(settings);
        model.setBlock(network);
        network.initialize(model.getNDManager(), DataType.FLOAT32, RunNetwork.inputs(settings, 1));
        return new JavaNetwork(settings, model, network);
    }

    /** The network without parameters. */
    static ModalityNetwork network(RunSettings settings) {
        ModelSettings model = settings.model();
        int classes = settings.description().labels().classes();
        List<String> names = names(settings);
        int width = model.width().orElse(0);
        Axes axes = settings.crop().axes();
        PaddingMode padding = model.padding().orElse(PaddingMode.ZEROS);
        return switch (model.name()) {
            case RFNET ->
                    RfNet.builder()
                            .setClasses(classes)
                            .optModalities(names)
                            .optWidth(width)
                            .optPadding(padding)
                            .optAxes(axes)
                            .build();
            case MMFORMER ->
                    MmFormer.builder()
                            .setClasses(classes)
                            .optModalities(names)
                            .optWidth(width)
                            .optPadding(padding)
                            .optAxes(axes)
                            .optPatch(ModelSettings.patchOf(settings.crop()))
                            .optHeads(model.heads().orElseThrow())
                            .optTokenWidth(model.tokenWidth().orElseThrow())
                            .optHiddenWidth(model.hiddenWidth().orElseThrow())
                            .optDropout(model.dropout().orElseThrow())
                            .build();
            case UHVED ->
                    Uhved.builder()
                            .setClasses(classes)
                            .optModalities(names.size())
                            .optWidth(width)
                            .optAxes(axes)
                            .build();
            case ROBUSTSEG ->
                    RobustSeg.builder()
                            .setClasses(classes)
                            .optModalities(names.size())
                            .optWidth(width)
                            .optAxes(axes)
                            .build();
            case TORCHSCRIPT ->
                    throw new IllegalArgumentException("settings: expected a network of blocks");
        };
    }

    /** The modalities as parts of names of weights; numbers where two would be the same. */
    private static List<String> names(RunSettings settings) {
        List<String> names =
                settings.description().modalities().stream()
                        .map(one -> one.label().replaceAll("[^A-Za-z0-9_-]", "_"))
                        .toList();
        return Set.copyOf(names).size() == names.size()
                ? names
                : TrainingOutputs.numbered(names.size());
    }

    @Override
    public Block parameters() {
        return network;
    }

    @Override
    public Segmenter segmenter() {
        return new NetworkSegmenter(network, new ParameterStore(manager(), false));
    }

    /** Its branches know neither dropout nor running means. */
    @Override
    public Optional<UnaryOperator<NDList>> branches() {
        ParameterStore store = new ParameterStore(manager(), false);
        return Optional.of(inputs -> network.forward(store, inputs, true));
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
