/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import static io.github.gssloss.program.config.NetworkKind.RFNET;
import static io.github.gssloss.program.config.NetworkKind.ROBUSTSEG;
import static io.github.gssloss.program.config.NetworkKind.TORCHSCRIPT;
import static io.github.gssloss.program.config.NetworkKind.UHVED;

import io.github.gssloss.networks.Axes;
import io.github.gssloss.networks.PaddingMode;
import io.github.gssloss.networks.TrainingOutputs;
import io.github.gssloss.networks.mmformer.MmFormer;
import io.github.gssloss.networks.rfnet.RfNet;
import io.github.gssloss.networks.robustseg.RobustSeg;
import io.github.gssloss.networks.uhved.Uhved;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * The network and its size. What a network does not know is left out.
 *
 * @param name which network
 * @param width its basic width, the channels at full resolution: a multiple of 4, at least 4; for
 *     mmFormer and RobustSeg at least 1; for U-HVED even
 * @param padding what its convolutions see beyond the border, those of mmFormer's fusion excepted,
 *     which pad with zeros
 * @param patch mmFormer: voxels along the coarsest level, at least 2; empty: as the crop has it
 * @param heads mmFormer: heads of an attention, at least 1
 * @param tokenWidth mmFormer: channels of a token, a multiple of the heads
 * @param hiddenWidth mmFormer: channels within a feed-forward step, at least 1
 * @param dropout mmFormer: rate of every dropout, 0 to below 1
 * @param file TorchScript: the file of the network
 * @param layout TorchScript: which output is what, as {@link NetworkLayout#parse} reads it
 * @param weights an {@code .npz} archive of the weights to start from; empty: random ones, or those
 *     in the TorchScript file
 */
public record ModelSettings(
        NetworkKind name,
        Optional<Integer> width,
        Optional<PaddingMode> padding,
        Optional<Integer> patch,
        Optional<Integer> heads,
        Optional<Integer> tokenWidth,
        Optional<Integer> hiddenWidth,
        Optional<Double> dropout,
        Optional<String> file,
        Optional<String> layout,
        Optional<String> weights) {

    /**
     * The settings that say where files lie. A checkpoint has what was read from them: the weights,
     * and with TorchScript the whole network.
     */
    private static final List<String> PLACES = List.of("file", "weights");

    /** How many voxels of the images lie along one voxel of mmFormer's coarsest level. */
    private static final int VOXELS_PER_PATCH = 16;

    /**
     * Checks the sizes against the network and each other. The other ranges are those of the table,
     * which its reader checks.
     *
     * @param name which network
     * @param width its basic width
     * @param padding what its convolutions see beyond the border
     * @param patch mmFormer: voxels along the coarsest level
     * @param heads mmFormer: heads of an attention
     * @param tokenWidth mmFormer: channels of a token
     * @param hiddenWidth mmFormer: channels within a feed-forward step
     * @param dropout mmFormer: rate of every dropout
     * @param file TorchScript: the file of the network
     * @param layout TorchScript: which output is what
     * @param weights the weights to start from
     * @throws IllegalArgumentException if the network does not take a size, or its file or layout
     *     is missing; the message names the value
     */
    public ModelSettings {
        if (name == RFNET) {
            int channels = width.orElseThrow();
            boolean fits = channels >= 4 && channels % 4 == 0;
            Check.that(fits, "width", "a multiple of 4 of at least 4", channels);
        }
        if (name == UHVED) {
            int channels = width.orElseThrow();
            boolean fits = channels >= 2 && channels % 2 == 0;
            Check.that(fits, "width", "a positive even number", channels);
        }
        width.ifPresent(value -> Check.that(value >= 1, "width", "a number of at least 1", value));
        heads.ifPresent(
                count -> {
                    int token = tokenWidth.orElseThrow();
                    boolean fits = token >= 1 && token % count == 0;
                    String multiple = "a multiple of the " + count + " heads";
                    Check.that(fits, "tokenWidth", multiple, token);
                });
        if (name == TORCHSCRIPT) {
            Check.that(file.isPresent(), "file", "a value for torchscript", "nothing");
            Check.that(layout.isPresent(), "layout", "a value for torchscript", "nothing");
        }
        layout.ifPresent(NetworkLayout::parse);
    }

    /**
     * Describes what of a network its checkpoint does not have.
     *
     * @return these settings as JSON, without those that say where files lie
     */
    public String withoutPlaces() {
        ObjectNode model = Yaml.MAPPER.valueToTree(this);
        model.remove(PLACES);
        return model.toString();
    }

    /**
     * Returns the network in words.
     *
     * @return its name and sizes, for example {@code rfnet, width: 16, padding: zeros}
     */
    public String words() {
        ObjectNode model = Yaml.MAPPER.valueToTree(this);
        model.remove(PLACES);
        return model.properties().stream()
                .map(one -> one.getKey() + ": " + one.getValue().asString())
                .collect(Collectors.joining(", "))
                .replaceFirst("^name: ", "");
    }

    /** Checks the size of the crops; the failure names it as a setting of the run. */
    void checkCrop(VolumeSize crop) {
        Axes axes = crop.axes();
        if (name == RFNET || name == UHVED || name == ROBUSTSEG) {
            Check.that(crop.isMultipleOf(8, 16), "crop", "a multiple of 8 of at least 16", crop);
        } else if (name == TORCHSCRIPT) {
            // What the file takes is seen when it is tried.
            return;
        } else if (patch.isPresent()) {
            VolumeSize only = VolumeSize.cube(VOXELS_PER_PATCH * patch.get(), axes);
            String expected = only + ", 16 times the patch size " + patch.get();
            Check.that(crop.equals(only), "crop", expected, crop);
        } else {
            boolean cube = crop.equals(VolumeSize.cube(crop.side(), axes));
            boolean fits = cube && crop.isMultipleOf(VOXELS_PER_PATCH, 32);
            String shape = axes == Axes.ALL ? "a cube" : "a square of one slice";
            Check.that(fits, "crop", shape + " of a multiple of 16 of at least 32", crop);
        }
    }

    /** Checks that a TorchScript network has a branch for each modality. */
    void checkModalities(int count) {
        layout.ifPresent(
                text -> {
                    int branches = NetworkLayout.parse(text).outputs().numBranches();
                    String expected = "%d branches, one for each modality".formatted(count);
                    Check.that(branches == count, "model.layout", expected, branches);
                });
    }

    /**
     * Returns which output of the network is what.
     *
     * @param modalities the number of modalities
     * @return the layout
     */
    public NetworkLayout outputs(int modalities) {
        List<String> numbered = TrainingOutputs.numbered(modalities);
        return switch (name) {
            case RFNET -> NetworkLayout.of(RfNet.outputs(numbered));
            case MMFORMER -> NetworkLayout.of(MmFormer.outputs(numbered));
            case UHVED -> NetworkLayout.of(Uhved.outputs(modalities));
            case ROBUSTSEG -> NetworkLayout.of(RobustSeg.outputs(modalities));
            case TORCHSCRIPT -> NetworkLayout.parse(layout.orElseThrow());
        };
    }

    /**
     * Returns the patch size of mmFormer.
     *
     * @param crop the size of the crops
     * @return a sixteenth of the crop's side, which {@link #patch} is where it is given
     */
    public static int patchOf(VolumeSize crop) {
        return crop.side() / VOXELS_PER_PATCH;
    }
}
