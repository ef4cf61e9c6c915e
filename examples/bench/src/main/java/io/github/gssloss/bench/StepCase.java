/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Modality;

/**
 * A size at which a training step of RFNet is measured.
 *
 * @param width the channels of the network's finest level
 * @param crop the voxels of a side of the crops
 * @param batch the samples
 */
record StepCase(int width, int crop, int batch) {

    /** Background and the three tissues of BraTS 2020. */
    static final int CLASSES = 4;

    private static final int WIDTHS = 4;
    private static final int SIDES = 8;
    private static final int MODALITIES = Modality.values().length;

    /** Checks the numbers under the names of the options that set them. */
    StepCase {
        BenchOptions.atLeast("--batch", batch, 1);
        multiple("--width", width, WIDTHS, WIDTHS);
        multiple("--crop", crop, SIDES, 2 * SIDES);
    }

    private static void multiple(String option, int value, int of, int least) {
        if (value < least || value % of != 0) {
            throw new UserInputException(
                    "%s: expected a multiple of %d of at least %d, got %d"
                            .formatted(option, of, least, value));
        }
    }

    /** The shape of the images. */
    Shape images() {
        return new Shape(batch, MODALITIES, crop, crop, crop);
    }

    /** The shape of the fusion's subsets. */
    Shape subsets() {
        return new Shape(batch, MODALITIES);
    }

    /** Images of noise, and the full subset. */
    NDList data(NDManager manager) {
        return new NDList(manager.randomNormal(images()), manager.ones(subsets()));
    }

    /** Random class indices. */
    NDList labels(NDManager manager) {
        Shape shape = new Shape(batch, crop, crop, crop);
        return new NDList(manager.randomInteger(0, CLASSES, shape, DataType.INT32));
    }

    @Override
    public String toString() {
        return String.format("RFNet of width %d, crops of %d^3, batch %d", width, crop, batch);
    }
}
