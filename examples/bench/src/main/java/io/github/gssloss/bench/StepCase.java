/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.networks.ModalityNetwork;

/**
 * A size at which a training step of a network is measured.
 *
 * @param network which network
 * @param width the channels of the network's finest level
 * @param crop the voxels of a side of the crops
 * @param batch the samples
 */
record StepCase(BenchNetwork network, int width, int crop, int batch) {

    /** Background and the three tissues of BraTS 2020. */
    static final int CLASSES = 4;

    private static final int MODALITIES = Brats.MODALITIES.size();

    /** Checks the numbers under the names of the options that set them. */
    StepCase {
        BenchOptions.atLeast("--batch", batch, 1);
        network.check(width, crop);
    }

    /** The same with one sample. */
    StepCase ofOne() {
        return new StepCase(network, width, crop, 1);
    }

    /** The network, without parameters. */
    ModalityNetwork create() {
        return network.create(width, crop);
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
        return String.format(
                "%s of width %d, crops of %d^3, batch %d", network.title(), width, crop, batch);
    }
}
