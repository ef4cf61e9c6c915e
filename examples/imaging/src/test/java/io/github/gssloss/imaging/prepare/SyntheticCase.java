/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.nifti.NiftiDatatype;
import io.github.gssloss.imaging.nifti.NiftiHeader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * Writes small BraTS cases: a box of random intensities in a volume of zeros, with labels in it.
 */
public final class SyntheticCase {

    private final Path folder;
    private final int[] shape;

    /** Makes the folder of a case with volumes of a shape. */
    public SyntheticCase(Path parent, String name, int... shape) {
        this.folder = parent.resolve(name);
        this.shape = shape.clone();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a complete case whose brain is a box, and finds it. */
    public static CaseFiles write(
            Path parent, String name, int[] shape, BoundingBox brain, long seed) {
        SyntheticCase made = new SyntheticCase(parent, name, shape);
        SplittableRandom random = new SplittableRandom(seed);
        for (Modality modality : Brats.MODALITIES) {
            float[] image = new float[Extents.voxels(shape)];
            made.inside(brain, i -> image[i] = random.nextInt(-20, 400));
            made.image("_" + modality.label(), image);
        }
        byte[] labels = new byte[Extents.voxels(shape)];
        made.inside(brain, i -> labels[i] = new byte[] {0, 0, 0, 1, 2, 4}[random.nextInt(6)]);
        made.labels("_seg", labels);
        return CaseFiles.find(made.folder).get(0);
    }

    /** Writes an image as int16. */
    Path image(String ending, float[] data) {
        short[] stored = new short[data.length];
        for (int i = 0; i < data.length; i++) {
            stored[i] = (short) data[i];
        }
        Path file = file(ending);
        NiftiWriter.write(file, header(NiftiDatatype.INT16, shape), stored);
        return file;
    }

    /** Writes an image of random intensities in a shape of its own. */
    Path image(String ending, int... otherShape) {
        Path file = file(ending);
        short[] stored = new short[Extents.voxels(otherShape)];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = (short) (i % 97);
        }
        NiftiWriter.write(file, header(NiftiDatatype.INT16, otherShape), stored);
        return file;
    }

    /** Writes an image as float32. */
    Path floatImage(String ending, float[] data) {
        Path file = file(ending);
        NiftiWriter.write(file, header(NiftiDatatype.FLOAT32, shape), data);
        return file;
    }

    /** Writes a segmentation. */
    public Path labels(String ending, byte[] data) {
        Path file = file(ending);
        NiftiWriter.write(file, header(NiftiDatatype.UINT8, shape), data);
        return file;
    }

    /** Returns the case's folder. */
    public Path folder() {
        return folder;
    }

    /** The index in C order of every voxel of a box, one after the other. */
    void inside(BoundingBox box, IntConsumer voxel) {
        for (int x = box.x(); x < box.x() + box.sizeX(); x++) {
            for (int y = box.y(); y < box.y() + box.sizeY(); y++) {
                for (int z = box.z(); z < box.z() + box.sizeZ(); z++) {
                    voxel.accept((x * shape[1] + y) * shape[2] + z);
                }
            }
        }
    }

    private Path file(String ending) {
        return folder.resolve(folder.getFileName() + ending + ".nii.gz");
    }

    private static NiftiHeader header(NiftiDatatype type, int[] shape) {
        // As BraTS files lie: x to the left, y to the back.
        double[][] affine = {
            {-1, 0, 0, shape[0] - 1},
            {0, -1.5, 0, 1.5 * (shape[1] - 1)},
            {0, 0, 2, 0},
            {0, 0, 0, 1}
        };
        return NiftiHeader.create(shape, affine, type);
    }
}
