/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.phantom;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.files.WholeFile;
import io.github.gssloss.files.Workers;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.nifti.NiftiDatatype;
import io.github.gssloss.imaging.nifti.NiftiHeader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Writes phantoms as a folder in BraTS form: {@code <out>/<case>/<case>_flair.nii.gz}, then {@code
 * _t1ce}, {@code _t1}, {@code _t2} (int16) and {@code _seg} (uint8: 0, 1 necrotic core, 2 oedema, 4
 * enhancing), with cases {@code Phantom-0001} and on.
 */
public final class PhantomCohort {

    private static final int MOST_SUBJECTS = 9999;

    /**
     * What a phantom needs while it is made: four float and four short volumes, labels, a queue.
     */
    private static final long BYTES_PER_VOXEL = 32;

    private PhantomCohort() {}

    /**
     * Returns the name of a case, also that of its folder.
     *
     * @param index which phantom, from 0
     * @return for example {@code Phantom-0001} for index 0
     */
    public static String caseName(int index) {
        return String.format(Locale.ROOT, "Phantom-%04d", index + 1);
    }

    /**
     * Makes and writes a cohort, several subjects at a time as far as processors and memory go.
     * Subject i is the same whatever the number of subjects.
     *
     * @param out the folder to write to; made if missing, must be empty
     * @param subjects how many, from 1 to 9999
     * @param settings shape, seed and imaging
     * @param progress receives the number of subjects written after each, in the calling thread
     * @throws UserInputException if the number of subjects is out of range, the folder is not empty
     *     or cannot be written to
     */
    public static void write(
            Path out, int subjects, PhantomSettings settings, IntConsumer progress) {
        if (subjects < 1 || subjects > MOST_SUBJECTS) {
            throw new UserInputException(
                    "phantom subjects: expected from 1 to " + MOST_SUBJECTS + ", got " + subjects);
        }
        prepare(out);
        List<Callable<Object>> cases = new ArrayList<>();
        for (int i = 0; i < subjects; i++) {
            int index = i;
            cases.add(Executors.callable(() -> writeCase(out, index, settings)));
        }
        Workers.run(workers(subjects, settings), "writing the phantoms", cases, progress);
    }

    /**
     * Makes and writes a cohort of cubes with the settings of {@link PhantomSettings#ofSeed} and
     * seed 1, unless the folder is there. Until it is complete its name ends {@code .unfinished}.
     *
     * @param out the folder
     * @param subjects how many, from 1 to 9999
     * @param side the voxels along each axis, from 32 to 512
     * @return the folder
     * @throws UserInputException if a number is out of range or the folder cannot be written
     */
    public static Path writeOnce(Path out, int subjects, int side) {
        if (Files.exists(out)) {
            return out;
        }
        Path unfinished = out.resolveSibling(out.toFile().getName() + ".unfinished");
        PhantomSettings cube = PhantomSettings.ofSeed(1).withShape(side, side, side);
        write(unfinished, subjects, cube, done -> {});
        try {
            WholeFile.rename(unfinished, out);
            return out;
        } catch (IOException e) {
            throw new UserInputException(out + ": cannot be written: " + e, e);
        }
    }

    private static int workers(int subjects, PhantomSettings settings) {
        long room = Runtime.getRuntime().maxMemory() / 2;
        long fit = Math.max(1, room / (BYTES_PER_VOXEL * settings.voxels()));
        int processors = Runtime.getRuntime().availableProcessors();
        return (int) Math.min(fit, Math.min(subjects, processors));
    }

    private static void prepare(Path out) {
        try {
            if (Files.exists(out) && !Files.isDirectory(out)) {
                throw new UserInputException(out + ": expected a folder, got a file");
            }
            Files.createDirectories(out);
            try (Stream<Path> content = Files.list(out)) {
                if (content.findAny().isPresent()) {
                    throw new UserInputException(
                            out + ": expected a new or empty folder, got one with content");
                }
            }
        } catch (IOException e) {
            throw new UserInputException(out + ": cannot be written: " + e, e);
        }
    }

    private static void writeCase(Path out, int index, PhantomSettings settings) {
        String name = caseName(index);
        Path folder = out.resolve(name);
        Phantom phantom = Phantom.generate(settings, index);
        NiftiHeader header = header(settings);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UserInputException(folder + ": cannot be written: " + e, e);
        }
        for (Modality modality : Brats.MODALITIES) {
            Path file = folder.resolve(name + "_" + modality.label() + ".nii.gz");
            NiftiWriter.write(file, header, phantom.image(modality));
        }
        NiftiWriter.write(folder.resolve(name + "_seg.nii.gz"), header, phantom.labels());
    }

    /** The grid as BraTS has it: x to the left, y to the back, the origin in the same corner. */
    private static NiftiHeader header(PhantomSettings settings) {
        double voxel = settings.voxelSize();
        double[][] affine = {
            {-voxel, 0, 0, 0},
            {0, -voxel, 0, (settings.ny() - 1) * voxel},
            {0, 0, voxel, 0},
            {0, 0, 0, 1}
        };
        int[] shape = {settings.nx(), settings.ny(), settings.nz()};
        return NiftiHeader.create(shape, affine, NiftiDatatype.INT16);
    }
}
