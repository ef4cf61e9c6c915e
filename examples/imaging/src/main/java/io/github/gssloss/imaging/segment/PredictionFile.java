/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

import io.github.gssloss.files.OutputPath;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.imaging.nifti.NiftiDatatype;
import io.github.gssloss.imaging.nifti.NiftiHeader;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import io.github.gssloss.imaging.prepare.CaseGrid;
import io.github.gssloss.imaging.prepare.PreparedCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Writes predicted classes as a segmentation that any viewer lays over the scan. */
public final class PredictionFile {

    private PredictionFile() {}

    /**
     * Checks, before any work, that a prediction can be written to a file. Files are compared as
     * the system has them, whatever links lead to them.
     *
     * @param file the file
     * @param files the case, none of whose files it may be
     * @throws UserInputException if the file's name is not that of a NIfTI file, or the file is one
     *     of the case's own
     */
    public static void check(Path file, CaseFiles files) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".nii") && !name.endsWith(".nii.gz")) {
            throw new UserInputException(
                    "prediction " + file + ": expected a name ending .nii or .nii.gz");
        }
        boolean own =
                Stream.concat(files.images().values().stream(), files.segmentation().stream())
                        .anyMatch(input -> OutputPath.is(file, input));
        if (own) {
            throw new UserInputException(
                    "prediction %s: expected a new file, this one belongs to case %s"
                            .formatted(file, files.name()));
        }
    }

    /**
     * Writes a prediction on the grid of the case's files, with the header of the first of them:
     * the whole volume, background around the prepared part, the labels that the label set's
     * segmentation files use, as unsigned bytes.
     *
     * @param file a name ending {@code .nii} or {@code .nii.gz}; folders are made where they are
     *     missing
     * @param prepared the case
     * @param classes the class of each voxel of the prepared volume, (x, y, z) in C order
     * @param labelSet how classes are numbered in files
     * @throws UserInputException if the file cannot be written
     */
    public static void write(Path file, PreparedCase prepared, byte[] classes, LabelSet labelSet) {
        writeClasses(file, prepared.files(), prepared.inVolume(classes), labelSet);
    }

    /**
     * Writes the classes of the whole volume as {@link #write} does.
     *
     * @param file a name ending {@code .nii} or {@code .nii.gz}; folders are made where they are
     *     missing
     * @param files the case
     * @param classes the class of each voxel of the case's grid, (x, y, z) in C order
     * @param labelSet how classes are numbered in files
     * @throws UserInputException if the file cannot be written
     */
    public static void writeClasses(Path file, CaseFiles files, byte[] classes, LabelSet labelSet) {
        byte[] labels = CaseGrid.of(files).toFile(classes).clone();
        for (int v = 0; v < labels.length; v++) {
            labels[v] = (byte) labelSet.fileLabel(labels[v]);
        }
        makeFolder(file);
        NiftiWriter.write(file, NiftiReader.readHeader(files.reference()), labels);
    }

    /** How the values of a map are stored. */
    public enum MapType {
        /** Four bytes a voxel. */
        FLOAT32,
        /** A byte a voxel, which the header scales: shares from 0 to 1 in steps of 1/255. */
        UINT8
    }

    /**
     * Writes a map of shares on the grid of the case's files, with the header of the first of them.
     *
     * @param file a name ending {@code .nii} or {@code .nii.gz}; folders are made where they are
     *     missing
     * @param files the case
     * @param map one value from 0 to 1 for each voxel of the case's grid, (x, y, z) in C order
     * @param type how values are stored
     * @throws UserInputException if the file cannot be written
     */
    public static void writeMap(Path file, CaseFiles files, float[] map, MapType type) {
        float[] values = CaseGrid.of(files).toFile(map);
        NiftiHeader header = NiftiReader.readHeader(files.reference());
        makeFolder(file);
        switch (type) {
            case FLOAT32 ->
                    NiftiWriter.write(file, header.withDatatype(NiftiDatatype.FLOAT32), values);
            case UINT8 -> NiftiWriter.writeShares(file, header, values);
        }
    }

    private static void makeFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new UserInputException(file + ": cannot be written: " + e, e);
        }
    }
}
