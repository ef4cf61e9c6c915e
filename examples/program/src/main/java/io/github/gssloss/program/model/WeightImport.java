/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.model;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.networks.Axes;
import io.github.gssloss.networks.WeightShapes;
import io.github.gssloss.networks.weights.BlockWeights;
import io.github.gssloss.networks.weights.NpzFile;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.config.VolumeSize;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunPlace;
import io.github.gssloss.program.runfolder.RunVersions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Weights of a published network, brought from PyTorch in an {@code .npz} archive: which network
 * they are of, whether every array has its place, and a run made of them.
 *
 * @param file the archive
 * @param chosen settings by key that the weights do not show, for example {@code model.heads}, or
 *     that differ from the network's defaults
 */
public record WeightImport(Path file, Map<String, String> chosen) {

    /**
     * Keeps a copy of the settings.
     *
     * @param file the archive
     * @param chosen settings by key
     */
    public WeightImport {
        chosen = Map.copyOf(chosen);
    }

    /**
     * Looks for the place of every array and, if asked to, makes a run to evaluate and predict
     * with.
     *
     * @param out the folder of the run, which must not hold one; empty: none is made
     * @param commandLine the words that started the program, for the record
     * @return what was found, in lines
     * @throws UserInputException if the file cannot be read, is of no known network, or arrays are
     *     missing, surplus or of another shape; the message names them
     * @throws IOException if writing fails
     */
    public List<String> run(Optional<Path> out, String commandLine) throws IOException {
        out.ifPresent(
                run -> {
                    RunPlace.checkFree(run);
                    RunPlace.checkKeeps(run, file);
                });
        RunSettings settings = settings();
        try (JavaNetwork network = JavaNetwork.create(settings, Device.cpu())) {
            List<String> leftOut = network.load(file);
            if (out.isPresent()) {
                Map<String, String> versions =
                        RunVersions.collect(Device.cpu(), settings.seed(), commandLine);
                RunFolder run = RunFolder.create(out.get(), settings, versions);
                String name = Checkpoints.name(0, network.checkpointType());
                network.save(run.checkpoints().resolve(name));
            }
            return lines(settings, network, leftOut);
        }
    }

    private List<String> lines(RunSettings settings, JavaNetwork network, List<String> leftOut) {
        String name =
                switch (settings.model().name()) {
                    case RFNET -> "RFNet";
                    case MMFORMER -> "mmFormer";
                    case UHVED -> "U-HVED";
                    case ROBUSTSEG -> "RobustSeg";
                    case TORCHSCRIPT -> "TorchScript";
                };
        List<String> lines = new ArrayList<>();
        lines.add(
                "%s of width %d with %d classes: %d weights in %d arrays, each in its place"
                        .formatted(
                                name,
                                settings.model().width().orElseThrow(),
                                settings.description().labels().classes(),
                                network.size(),
                                BlockWeights.parameters(network.parameters()).size()));
        if (!leftOut.isEmpty()) {
            lines.add("Left out, since the network never uses them: " + String.join(", ", leftOut));
        }
        return lines;
    }

    private RunSettings settings() {
        WeightShapes shapes = shapes();
        Map<String, String> values = new LinkedHashMap<>();
        String head = "decoder_fuse.seg_layer.weight";
        String kernel = "flair_encoder.e1_c1.conv.weight";
        if (shapes.has("flair_pos")) {
            values.put("model.name", "mmformer");
            put(values, "model.width", shapes.size("flair_encoder.e1_c1.weight", 5, 0));
            put(values, "model.tokenWidth", shapes.size("flair_encode_conv.weight", 5, 0));
            String hidden = "flair_transformer.cross_ffn_list.0.fn.fn.net.0.weight";
            put(values, "model.hiddenWidth", shapes.size(hidden, 2, 0));
            kernel = "flair_encoder.e1_c1.weight";
            put(values, "crop", 16 * shapes.side("flair_pos", 3, 1, shapes.axes(kernel)));
        } else if (shapes.has("flair_encoder.e1_c1.conv.weight")) {
            values.put("model.name", "rfnet");
            put(values, "model.width", shapes.size("flair_encoder.e1_c1.conv.weight", 5, 0));
        } else if (shapes.has("encoder.0.block_1.conv_0.weight")) {
            values.put("model.name", "uhved");
            put(values, "model.width", shapes.size("encoder.0.conv_0.weight", 5, 0));
            head = "seg.final.weight";
            kernel = "encoder.0.block_1.conv_0.weight";
        } else if (shapes.has("content.0.e1_c1.conv.weight")) {
            values.put("model.name", "robustseg");
            put(values, "model.width", shapes.size("content.0.e1_c1.conv.weight", 5, 0));
            head = "mask_decoder.seg_logit.weight";
            kernel = "content.0.e1_c1.conv.weight";
        } else {
            throw new UserInputException(
                    ("%s: expected the weights of RFNet, mmFormer, U-HVED or RobustSeg under "
                                    + "their published names, got arrays such as %s")
                            .formatted(
                                    file,
                                    shapes.shapes().keySet().stream().sorted().limit(3).toList()));
        }
        flatten(values, shapes.axes(kernel));
        int classes = shapes.size(head, 5, 0);
        if (classes == 5) {
            values.put("dataset.kind", "brats2015");
        }
        values.putAll(chosen);
        RunSettings settings = RunSettings.of(values);
        if (settings.description().labels().classes() != classes) {
            throw new UserInputException(
                    "%s: expected weights of %d classes as the labels have, got %d"
                            .formatted(file, settings.description().labels().classes(), classes));
        }
        return settings;
    }

    /** Two-dimensional weights are of crops of one slice. */
    private static void flatten(Map<String, String> values, Axes axes) {
        if (axes != Axes.ALL) {
            int side = RunSettings.of(values).crop().depth();
            values.put("crop", VolumeSize.cube(side, axes).toString());
        }
    }

    private static void put(Map<String, String> values, String key, int size) {
        values.put(key, Integer.toString(size));
    }

    private WeightShapes shapes() {
        try (NDManager reading = NDManager.newBaseManager(Device.cpu())) {
            Map<String, Shape> shapes = BlockWeights.shapes(NpzFile.read(reading, file));
            return new WeightShapes(file.toString(), shapes);
        }
    }
}
