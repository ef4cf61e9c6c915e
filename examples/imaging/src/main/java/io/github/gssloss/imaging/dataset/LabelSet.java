/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import io.github.gssloss.files.UserInputException;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;

/**
 * How segmentation files number what they show, and which class of a network each number is.
 *
 * @param classNames the names of the classes, background first
 * @param fileLabels the number of each class in the files, 0 to 255, that of the background 0
 * @param ignored the number of voxels that nobody labelled, if the files have one: they count
 *     neither in a loss nor in a score
 */
public record LabelSet(List<String> classNames, List<Integer> fileLabels, OptionalInt ignored) {

    /** The class of a voxel that nobody labelled. */
    public static final int IGNORED = -1;

    /** What {@link #classOf} says of a number that does not belong to the files. */
    public static final int UNKNOWN = -2;

    /**
     * The most classes that a file with one byte for each voxel can tell apart, ignored ones too.
     */
    private static final int MOST = 127;

    private static final int HIGHEST = 255;

    /** What would be taken for a list of classes. */
    private static final String MARKS = ",;:";

    /**
     * Keeps copies of the lists.
     *
     * @param classNames the names of the classes, background first
     * @param fileLabels the number of each class in the files
     * @param ignored the number of voxels that nobody labelled
     * @throws UserInputException if there are fewer than two classes, more names than numbers or
     *     fewer, two names or numbers are the same, a name has one of {@code , ; :}, or a number is
     *     none of a file
     */
    public LabelSet {
        classNames = List.copyOf(classNames);
        fileLabels = List.copyOf(fileLabels);
        require(
                classNames.size() >= 2 && classNames.size() <= MOST,
                "2 to " + MOST + " classes, background among them",
                classNames);
        require(
                fileLabels.size() == classNames.size(),
                "a number for each of " + classNames,
                fileLabels);
        for (String name : classNames) {
            boolean plain = name.equals(name.strip()) && !name.isEmpty();
            require(
                    plain && name.chars().noneMatch(one -> MARKS.indexOf(one) >= 0 || one < ' '),
                    "names without " + String.join(" ", MARKS.split("")),
                    "'" + name + "'");
        }
        require(
                new HashSet<>(classNames).size() == classNames.size(),
                "different names",
                classNames);
        for (int number : fileLabels) {
            int at = fileLabels.indexOf(number);
            int last = fileLabels.lastIndexOf(number);
            require(
                    at == last,
                    "one name for each number",
                    "%s and %s for %d".formatted(classNames.get(at), classNames.get(last), number));
            require(number >= 0 && number <= HIGHEST, "numbers from 0 to 255", number);
        }
        require(fileLabels.get(0) == 0, "0 for " + classNames.get(0), fileLabels.get(0));
        if (ignored.isPresent()) {
            int number = ignored.getAsInt();
            require(number > 0 && number <= HIGHEST, "1 to 255 for what is ignored", number);
            require(
                    !fileLabels.contains(number),
                    "a number of its own for what is ignored",
                    number);
        }
    }

    /**
     * Makes the labels of files in which every voxel is labelled.
     *
     * @param classNames the names of the classes, background first
     * @param fileLabels the number of each class in the files
     * @return the labels
     */
    public static LabelSet of(List<String> classNames, List<Integer> fileLabels) {
        return new LabelSet(classNames, fileLabels, OptionalInt.empty());
    }

    private static void require(boolean holds, String expected, Object got) {
        if (!holds) {
            throw new UserInputException("labels: expected %s, got %s".formatted(expected, got));
        }
    }

    /**
     * Returns the number of classes, background included.
     *
     * @return at least 2
     */
    public int classes() {
        return fileLabels.size();
    }

    /**
     * Returns the class of a number that stands in a segmentation file.
     *
     * @param fileLabel the number in the file
     * @return the class from 0, {@link #IGNORED} or {@link #UNKNOWN}
     */
    public int classOf(int fileLabel) {
        if (ignored.isPresent() && ignored.getAsInt() == fileLabel) {
            return IGNORED;
        }
        int at = fileLabels.indexOf(fileLabel);
        return at < 0 ? UNKNOWN : at;
    }

    /**
     * Returns the number that a segmentation file uses for a class.
     *
     * @param classIndex the class, from 0 to {@code classes() - 1}
     * @return the number in the file
     */
    public int fileLabel(int classIndex) {
        return fileLabels.get(classIndex);
    }
}
