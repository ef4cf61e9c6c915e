/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.model;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.segment.Segmenter;
import io.github.gssloss.networks.weights.BlockWeights;
import io.github.gssloss.networks.weights.TorchScriptFile;
import io.github.gssloss.program.config.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A network that was traced or scripted in PyTorch. It takes the images (B, 4, D, H, W) and either
 * the subset (B, 4) beside them or nothing: then it is trained on all modalities, and sees zeros in
 * place of those outside the subset when it is evaluated. Its outputs come flattened.
 *
 * @param settings the settings of its run
 * @param model the owner of its weights
 * @param script the network itself
 * @param takesSubset whether the subset is its second input
 * @param outputs how many outputs it gives outside training
 */
record TorchScriptNetwork(
        RunSettings settings, Model model, Block script, boolean takesSubset, int outputs)
        implements RunNetwork {

    /** Reads a file and tries it on a crop, in training and outside. */
    static TorchScriptNetwork open(RunSettings settings, Path file, Device device) {
        boolean takesSubset;
        // A forward pass in training may change what a network keeps, such as running means: the
        // trial gets a copy of its own.
        try (Model tried = read(file, device)) {
            takesSubset = new TorchScriptTrial(file, tried.getBlock(), settings).takesSubset();
        }
        Model model = read(file, device);
        try {
            Block script = model.getBlock();
            BlockWeights.requireFinite(script, file.toString());
            int given =
                    new TorchScriptTrial(file, script, settings).runOutsideTraining(takesSubset);
            // Training hands over which modalities there are as well.
            int inputs = takesSubset ? 2 : 1;
            model.setBlock(new SequentialBlock().add(all -> all.subNDList(0, inputs)).add(script));
            return new TorchScriptNetwork(settings, model, script, takesSubset, given);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static Model read(Path file, Device device) {
        if (!Files.isRegularFile(file)) {
            throw new UserInputException(file + ": expected a TorchScript file, found none");
        }
        Model model = Model.newInstance("torchscript", device);
        try {
            model.load(file, null, Map.of("trainParam", "true"));
            return model;
        } catch (IOException | MalformedModelException | EngineException e) {
            model.close();
            throw new UserInputException(
                    file + ": expected a TorchScript file, got: " + problem(e), e);
        }
    }

    /** What an error of the engine ends with: before it stands where in the network it was. */
    static String problem(Exception e) {
        return String.valueOf(e.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce((before, last) -> last)
                .orElse("no reason");
    }

    @Override
    public Block parameters() {
        return script;
    }

    @Override
    public Segmenter segmenter() {
        ParameterStore store = new ParameterStore(manager(), false);
        return (image, subset) -> {
            NDList inputs = new NDList(image);
            if (takesSubset) {
                inputs.add(subset);
            } else {
                Shape each = subset.getShape().addAll(new Shape(1, 1, 1));
                NDArray mask = subset.toType(DataType.FLOAT32, false).reshape(each);
                inputs = new NDList(image.mul(mask));
            }
            return settings.outputs().fusedProbabilities(script.forward(store, inputs, false));
        };
    }

    /** In training it might drop out and move its running means. */
    @Override
    public Optional<UnaryOperator<NDList>> branches() {
        if (outputs < settings.outputs().outputs().numOutputs()) {
            return Optional.empty();
        }
        ParameterStore store = new ParameterStore(manager(), false);
        return Optional.of(inputs -> model.getBlock().forward(store, inputs, false));
    }

    @Override
    public String checkpointType() {
        return "pt";
    }

    @Override
    public void save(Path file) {
        TorchScriptFile.save(script, file);
    }

    @Override
    public void close() {
        model.close();
    }
}
