/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.networks.ModalityNetwork;
import io.github.gssloss.networks.mmformer.MmFormer;
import io.github.gssloss.networks.rfnet.RfNet;
import io.github.gssloss.networks.robustseg.RobustSeg;
import io.github.gssloss.networks.uhved.Uhved;
import java.util.Locale;

/** The networks whose training step and prediction are measured. */
enum BenchNetwork {
    /** RFNet. */
    RFNET("RFNet", 16, 4, 8),
    /** mmFormer, whose patch size follows from the crop. */
    MMFORMER("mmFormer", 8, 1, 16),
    /** U-HVED. */
    UHVED("U-HVED", 8, 2, 8),
    /** RobustSeg. */
    ROBUSTSEG("RobustSeg", 16, 1, 8);

    private final String title;
    private final int published;
    private final int widths;
    private final int sides;

    /**
     * Describes a network.
     *
     * @param title its name in the paper
     * @param published the published width
     * @param widths what a width is a multiple of
     * @param sides what the side of a crop is a multiple of; the least is twice as much
     */
    BenchNetwork(String title, int published, int widths, int sides) {
        this.title = title;
        this.published = published;
        this.widths = widths;
        this.sides = sides;
    }

    /** The name in the paper. */
    String title() {
        return title;
    }

    /** The name as an option and a ratio have it. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The published width. */
    int published() {
        return published;
    }

    /** Checks sizes under the names of the options that set them. */
    void check(int width, int crop) {
        multiple("--width", width, widths, widths);
        multiple("--crop", crop, sides, 2 * sides);
    }

    private static void multiple(String option, int value, int of, int least) {
        if (value < least || value % of != 0) {
            String numbers = of == 1 ? "whole number" : "multiple of " + of;
            throw new UserInputException(
                    "%s: expected a %s of at least %d, got %d"
                            .formatted(option, numbers, least, value));
        }
    }

    /** Makes the network for crops of a side, without parameters. */
    ModalityNetwork create(int width, int crop) {
        int classes = StepCase.CLASSES;
        return switch (this) {
            case RFNET -> RfNet.builder().setClasses(classes).optWidth(width).build();
            case MMFORMER ->
                    MmFormer.builder()
                            .setClasses(classes)
                            .optWidth(width)
                            .optPatch(crop / sides)
                            .build();
            case UHVED -> Uhved.builder().setClasses(classes).optWidth(width).build();
            case ROBUSTSEG -> RobustSeg.builder().setClasses(classes).optWidth(width).build();
        };
    }
}
