/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import static io.github.gssloss.program.config.NetworkKind.MMFORMER;
import static io.github.gssloss.program.config.NetworkKind.RFNET;
import static io.github.gssloss.program.config.NetworkKind.TORCHSCRIPT;

import io.github.gssloss.networks.PaddingMode;
import io.github.gssloss.program.config.Setting.NetworkDefault;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The network and its size. What a network does not know is left out.
 *
 * @param name which network
 * @param width its basic width, the channels at full resolution: a multiple of 4, at least 4; for
 *     mmFormer at least 1
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
        @Setting(fallback = "rfnet", help = "Network") NetworkKind name,
        @Setting(
                        byNetwork = {
                            @NetworkDefault(network = RFNET, value = "16"),
                            @NetworkDefault(network = MMFORMER, value = "8")
                        },
                        help = "Channels at full resolution, for RFNet a multiple of 4")
                Optional<Integer> width,
        @Setting(
                        byNetwork = {
                            @NetworkDefault(network = RFNET, value = "zeros"),
                            @NetworkDefault(network = MMFORMER, value = "reflect")
                        },
                        help = "What convolutions see beyond the border")
                Optional<PaddingMode> padding,
        @Setting(
                        otherwise = "a sixteenth of the crop",
                        help = "mmFormer: voxels along its coarsest level")
                Optional<Integer> patch,
        @Setting(
                        byNetwork = @NetworkDefault(network = MMFORMER, value = "8"),
                        help = "mmFormer: heads of an attention")
                Optional<Integer> heads,
        @Setting(
                        byNetwork = @NetworkDefault(network = MMFORMER, value = "512"),
                        help = "mmFormer: channels of a token, a multiple of the heads")
                Optional<Integer> tokenWidth,
        @Setting(
                        byNetwork = @NetworkDefault(network = MMFORMER, value = "4096"),
                        help = "mmFormer: channels within a feed-forward step")
                Optional<Integer> hiddenWidth,
        @Setting(
                        byNetwork = @NetworkDefault(network = MMFORMER, value = "0.1"),
                        help = "mmFormer: rate of every dropout, 0 to below 1")
                Optional<Double> dropout,
        @Setting(otherwise = "none", help = "TorchScript: file of the network")
                Optional<String> file,
        @Setting(
                        otherwise = "none",
                        help =
                                "TorchScript: which output is what, such as 'fused: 0; branches: 1,"
                                        + " 2, 3, 4', or rfnet or mmformer for theirs")
                Optional<String> layout,
        @Setting(otherwise = "none", help = "Archive (.npz) of the weights to start from")
                Optional<String> weights) {

    /** How many voxels of the images lie along one voxel of mmFormer's coarsest level. */
    private static final int VOXELS_PER_PATCH = 16;

    /** What each network needs; nothing else is a setting of it but the optional ones below. */
    private static final Map<NetworkKind, Set<String>> NEEDED =
            Map.of(
                    RFNET,
                    Set.of("width", "padding"),
                    MMFORMER,
                    Set.of("width", "padding", "heads", "tokenWidth", "hiddenWidth", "dropout"),
                    TORCHSCRIPT,
                    Set.of("file", "layout"));

    /**
     * Checks every value.
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
     * @throws IllegalArgumentException if a value is outside its range, missing, or not the
     *     network's; the message names it
     */
    public ModelSettings {
        checkKnown(name, "width", width);
        checkKnown(name, "padding", padding);
        checkKnown(name, "patch", patch);
        checkKnown(name, "heads", heads);
        checkKnown(name, "tokenWidth", tokenWidth);
        checkKnown(name, "hiddenWidth", hiddenWidth);
        checkKnown(name, "dropout", dropout);
        checkKnown(name, "file", file);
        checkKnown(name, "layout", layout);
        if (name == RFNET) {
            int channels = width.orElseThrow();
            boolean fits = channels >= 4 && channels % 4 == 0;
            Check.that(fits, "width", "a multiple of 4 of at least 4", channels);
        }
        width.ifPresent(value -> Check.atLeast("width", value, 1));
        patch.ifPresent(value -> Check.atLeast("patch", value, 2));
        heads.ifPresent(
                count -> {
                    Check.atLeast("heads", count, 1);
                    int token = tokenWidth.orElseThrow();
                    boolean fits = token >= 1 && token % count == 0;
                    String multiple = "a multiple of the " + count + " heads";
                    Check.that(fits, "tokenWidth", multiple, token);
                });
        hiddenWidth.ifPresent(value -> Check.atLeast("hiddenWidth", value, 1));
        dropout.ifPresent(
                rate ->
                        Check.that(
                                rate >= 0 && rate < 1,
                                "dropout",
                                "0 to below 1",
                                Check.plain(rate)));
        layout.ifPresent(NetworkLayout::parse);
    }

    private static void checkKnown(NetworkKind network, String name, Optional<?> value) {
        String kind = SettingKey.settingName(network);
        if (NEEDED.get(network).contains(name)) {
            Check.that(value.isPresent(), name, "a value for " + kind, "nothing");
        } else if (network != MMFORMER || !"patch".equals(name)) {
            String nothing = "nothing where the network is " + kind;
            Check.that(value.isEmpty(), name, nothing, value.orElse(null));
        }
    }

    /** Checks the size of the crops; the failure names it as a setting of the run. */
    void checkCrop(VolumeSize crop) {
        if (name == RFNET) {
            Check.that(crop.isMultipleOf(8, 16), "crop", "a multiple of 8 of at least 16", crop);
        } else if (name == TORCHSCRIPT) {
            // What the file takes is seen when it is tried.
            return;
        } else if (patch.isPresent()) {
            VolumeSize only = VolumeSize.cube(VOXELS_PER_PATCH * patch.get());
            String expected = only + ", 16 times the patch size " + patch.get();
            Check.that(crop.equals(only), "crop", expected, crop);
        } else {
            boolean fits = crop.isCube() && crop.isMultipleOf(VOXELS_PER_PATCH, 32);
            Check.that(fits, "crop", "a cube of a multiple of 16 of at least 32", crop);
        }
    }

    /**
     * Returns which output of the network is what.
     *
     * @return the layout
     */
    public NetworkLayout outputs() {
        return switch (name) {
            case RFNET -> NetworkLayout.parse("rfnet");
            case MMFORMER -> NetworkLayout.parse("mmformer");
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
        return crop.depth() / VOXELS_PER_PATCH;
    }
}
