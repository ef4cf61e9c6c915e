/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.phantom;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.Modality;
import java.util.SplittableRandom;

/**
 * One phantom: four sequences and the labels, in C order of (x, y, z) as everywhere here, x from
 * right to left, y from front to back, z from bottom to top.
 */
public final class Phantom {

    private final PhantomSettings settings;
    private final short[][] images;
    private final byte[] labels;

    private Phantom(PhantomSettings settings, short[][] images, byte[] labels) {
        this.settings = settings;
        this.images = images;
        this.labels = labels;
    }

    /**
     * Makes a phantom: the same for the same settings and index, whatever else is made.
     *
     * @param settings shape, seed and imaging
     * @param index which head, from 0
     * @return the phantom
     */
    public static Phantom generate(PhantomSettings settings, int index) {
        // The seed is scrambled before the index is added, so that heads of neighbouring seeds do
        // not coincide; the generator's own mixing sets neighbouring indices apart.
        SplittableRandom random =
                new SplittableRandom(new SplittableRandom(settings.seed()).nextLong() + index);
        Head head = new Head(random, settings);
        float[][] ideal = new float[Brats.MODALITIES.size()][settings.voxels()];
        byte[] labels = look(head, settings, ideal);
        healIslands(head, settings, ideal, labels);
        Scanner scanner = new Scanner(settings);
        short[][] images = new short[ideal.length][];
        for (int m = 0; m < ideal.length; m++) {
            images[m] = scanner.scan(ideal[m], random.split());
            ideal[m] = null;
        }
        return new Phantom(settings, images, labels);
    }

    /** Looks at every voxel: fills in the ideal intensities and returns the labels. */
    private static byte[] look(Head head, PhantomSettings settings, float[][] ideal) {
        byte[] labels = new byte[settings.voxels()];
        double[] signal = new double[ideal.length];
        for (int x = 0, at = 0; x < settings.nx(); x++) {
            for (int y = 0; y < settings.ny(); y++) {
                for (int z = 0; z < settings.nz(); z++, at++) {
                    int tumorClass = head.look(x, y, z, signal);
                    if (tumorClass >= 0) {
                        labels[at] = (byte) Brats.BRATS2020.labels().fileLabel(tumorClass);
                        put(signal, ideal, at);
                    }
                }
            }
        }
        return labels;
    }

    /** Makes healthy what looks ill apart from the tumour, across a fold for example. */
    private static void healIslands(
            Head head, PhantomSettings settings, float[][] ideal, byte[] labels) {
        double[] signal = new double[ideal.length];
        int ny = settings.ny();
        int nz = settings.nz();
        for (int at : Islands.apartFromCore(labels, settings.nx(), ny, nz)) {
            head.lookHealthy(at / (ny * nz), at / nz % ny, at % nz, signal);
            labels[at] = 0;
            put(signal, ideal, at);
        }
    }

    private static void put(double[] signal, float[][] ideal, int at) {
        for (int m = 0; m < ideal.length; m++) {
            ideal[m][at] = (float) signal[m];
        }
    }

    /**
     * Returns what the phantom was made with.
     *
     * @return the settings
     */
    public PhantomSettings settings() {
        return settings;
    }

    /**
     * Returns the volume of one sequence: 0 outside the brain, 1 or above inside.
     *
     * @param modality the sequence
     * @return the array itself, one value a voxel, index {@code (x * ny + y) * nz + z}
     */
    public short[] image(Modality modality) {
        return images[modality.index()];
    }

    /**
     * Returns the labels as a BraTS 2020 file has them: 0, 1 necrotic core, 2 oedema, 4 enhancing.
     *
     * @return the array itself, one label a voxel, index {@code (x * ny + y) * nz + z}
     */
    public byte[] labels() {
        return labels;
    }
}
