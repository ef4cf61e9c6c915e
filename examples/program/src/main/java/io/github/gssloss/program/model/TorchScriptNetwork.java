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
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.segment.Segmenter;
import io.github.gssloss.program.config.NetworkLayout;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.networks.weights.TorchScriptFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A network that was traced or scripted in PyTorch. It takes the images (B, 4, D, H, W) and either
 * the subset (B, 4) beside them or nothing: then it is trained on all modalities, and sees zeros in
 * place of those outside the subset when it is judged. Its outputs come flattened.
 *
 * @param model the owner of its weights
 * @param script the network itself
 * @param takesSubset whether the subset is its second input
 * @param showsBranches whether it gives the outputs of training outside training too
 * @param layout which output is what
 */
record TorchScriptNetwork(
        Model model, Block script, boolean takesSubset, boolean showsBranches, NetworkLayout layout)
        implements RunNetwork {

    /** Reads the file and tries it on a crop, in training and outside. */
    static TorchScriptNetwork create(RunSettings settings, Device device) {
        return open(settings, Path.of(settings.model().file().orElseThrow()), device);
    }

    static TorchScriptNetwork restore(RunSettings settings, Path checkpoint, Device device) {
        return open(settings, checkpoint, device);
    }

    private static TorchScriptNetwork open(RunSettings settings, Path file, Device device) {
        boolean takesSubset;
        // A forward pass in training may change what a network keeps, such as running means: the
        // trial gets a copy of its own.
        try (Model tried = read(file, device)) {
            takesSubset = new TorchScriptTrial(file, tried.getBlock(), settings).takesSubset();
        }
        Model model = read(file, device);
        try {
            Block script = model.getBlock();
            NetworkLayout layout = settings.model().outputs();
            int given =
                    new TorchScriptTrial(file, script, settings).runOutsideTraining(takesSubset);
            boolean showsBranches = given >= layout.outputs().numOutputs();
            if (!takesSubset) {
                model.setBlock(
                        new SequentialBlock().add(all -> new NDList(all.head())).add(script));
            }
            return new TorchScriptNetwork(model, script, takesSubset, showsBranches, layout);
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
    public Segmenter segmenter(ParameterStore store) {
        return (image, subset) -> {
            NDList inputs = new NDList(image);
            if (takesSubset) {
                inputs.add(subset);
            } else {
                Shape each = subset.getShape().addAll(new Shape(1, 1, 1));
                NDArray mask = subset.toType(DataType.FLOAT32, false).reshape(each);
                inputs = new NDList(image.mul(mask));
            }
            return layout.fusedProbabilities(script.forward(store, inputs, false));
        };
    }

    /** In training it might drop out and move its running means. */
    @Override
    public Optional<Block> branches(ParameterStore store) {
        Block all = model.getBlock();
        return showsBranches
                ? Optional.of(new LambdaBlock(inputs -> all.forward(store, inputs, false)))
                : Optional.empty();
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
