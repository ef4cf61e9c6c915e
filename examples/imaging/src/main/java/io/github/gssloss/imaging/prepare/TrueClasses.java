/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.LabelSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The classes that the segmentation file of a case gives the voxels of the whole volume. */
public final class TrueClasses {

    /** How far a label may be from a whole number: some files were resampled or scaled. */
    public static final float ROUNDING = 1e-3f;

    private TrueClasses() {}

    /**
     * Reads the classes.
     *
     * @param files a case with a segmentation
     * @param description what the case shows
     * @return the class of each voxel, or {@link LabelSet#IGNORED}, of the case's {@link CaseGrid},
     *     (x, y, z) in C order
     * @throws UserInputException if there is no segmentation, it cannot be read or lies elsewhere
     *     than the images, or it holds a label that the description does not know
     */
    public static byte[] read(CaseFiles files, DataDescription description) {
        files.requireSegmentation();
        float[] labels = CaseGrid.of(files).read(files.segmentation().orElseThrow());
        byte[] classes = new byte[labels.length];
        for (int v = 0; v < labels.length; v++) {
            int label = Math.round(labels[v]);
            boolean whole = Math.abs(labels[v] - label) <= ROUNDING;
            int index = whole ? description.labels().classOf(label) : LabelSet.UNKNOWN;
            if (index == LabelSet.UNKNOWN) {
                throw unknownLabel(files, labels[v], description);
            }
            classes[v] = (byte) index;
        }
        return classes;
    }

    private static UserInputException unknownLabel(
            CaseFiles files, float label, DataDescription description) {
        LabelSet labelSet = description.labels();
        String expected =
                IntStream.range(0, labelSet.classes())
                        .mapToObj(c -> Integer.toString(labelSet.fileLabel(c)))
                        .collect(Collectors.joining(", "));
        String came = label == (int) label ? Integer.toString((int) label) : Float.toString(label);
        return new UserInputException(
                "case %s: segmentation holds label %s, expected one of %s (%s)"
                        .formatted(files.name(), came, expected, description.name()));
    }
}
