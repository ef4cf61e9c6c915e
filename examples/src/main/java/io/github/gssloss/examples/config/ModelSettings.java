/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.config;

import static io.github.gssloss.examples.config.NetworkKind.MMFORMER;
import static io.github.gssloss.examples.config.NetworkKind.RFNET;

import io.github.gssloss.examples.config.Setting.NetworkDefault;
import io.github.gssloss.examples.networks.PaddingMode;
import java.util.Optional;

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
                Optional<Double> dropout) {

    /** How many voxels of the images lie along one voxel of mmFormer's coarsest level. */
    private static final int VOXELS_PER_PATCH = 16;

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
     * @throws IllegalArgumentException if a value is outside its range, missing, or not the
     *     network's; the message names it
     */
    public ModelSettings {
        checkKnown(name, "patch", patch, false);
        checkKnown(name, "heads", heads, true);
        checkKnown(name, "tokenWidth", tokenWidth, true);
        checkKnown(name, "hiddenWidth", hiddenWidth, true);
        checkKnown(name, "dropout", dropout, true);
        Check.that(padding.isPresent(), "padding", "a padding", "nothing");
        int channels = width.orElse(0);
        if (name == RFNET) {
            boolean fits = channels >= 4 && channels % 4 == 0;
            Check.that(fits, "width", "a multiple of 4 of at least 4", channels);
        } else {
            Check.atLeast("width", channels, 1);
            patch.ifPresent(value -> Check.atLeast("patch", value, 2));
            Check.atLeast("heads", heads.get(), 1);
            int token = tokenWidth.get();
            boolean fits = token >= 1 && token % heads.get() == 0;
            String multiple = "a multiple of the " + heads.get() + " heads";
            Check.that(fits, "tokenWidth", multiple, token);
            Check.atLeast("hiddenWidth", hiddenWidth.get(), 1);
            double rate = dropout.get();
            Check.that(rate >= 0 && rate < 1, "dropout", "0 to below 1", Check.plain(rate));
        }
    }

    /**
     * Creates the settings of RFNet.
     *
     * @param name which network: RFNet
     * @param width its basic width, a multiple of 4, at least 4
     * @param padding what its convolutions see beyond the border
     * @throws IllegalArgumentException if the width is outside its range, or the network is another
     */
    public ModelSettings(NetworkKind name, int width, PaddingMode padding) {
        this(
                name,
                Optional.of(width),
                Optional.of(padding),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static void checkKnown(
            NetworkKind network, String name, Optional<?> value, boolean needed) {
        if (network == MMFORMER) {
            Check.that(!needed || value.isPresent(), name, "a value for mmformer", "nothing");
        } else {
            String nothing = "nothing where the network is " + SettingKey.settingName(network);
            Check.that(value.isEmpty(), name, nothing, value.orElse(null));
        }
    }

    /** Checks the size of the crops; the failure names it as a setting of the run. */
    void checkCrop(VolumeSize crop) {
        if (name == RFNET) {
            Check.that(crop.isMultipleOf(8, 16), "crop", "a multiple of 8 of at least 16", crop);
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
     * Returns the patch size of mmFormer.
     *
     * @param crop the size of the crops
     * @return a sixteenth of the crop's side, which {@link #patch} is where it is given
     */
    public static int patchOf(VolumeSize crop) {
        return crop.depth() / VOXELS_PER_PATCH;
    }
}
