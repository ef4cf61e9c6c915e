/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether what is to be written is what is read. Files are compared as the system has them: links,
 * hard links and other spellings of a path are seen through.
 */
public final class OutputPath {

    private OutputPath() {}

    /**
     * Returns whether two paths are one file or folder.
     *
     * @param output what is to be written; it need not exist
     * @param input what is read
     * @return true where they are the same
     */
    public static boolean is(Path output, Path input) {
        try {
            return Files.exists(output) && Files.isSameFile(output, input);
        } catch (IOException e) {
            throw new UserInputException(
                    output + ": cannot be compared with " + input + ": " + e, e);
        }
    }

    /**
     * Checks that a folder to be written does not hold a file that is read.
     *
     * @param folder the folder; it need not exist
     * @param input the file, which exists
     * @throws UserInputException if the file lies in the folder, at whatever depth
     */
    public static void requireOutside(Path folder, Path input) {
        Path real;
        try {
            real = input.toRealPath();
        } catch (IOException e) {
            throw new UserInputException(input + ": cannot be read: " + e, e);
        }
        for (Path up = real.getParent(); up != null; up = up.getParent()) {
            if (is(folder, up)) {
                throw new UserInputException(
                        "%s: expected a folder for results, but it holds %s, which is read"
                                .formatted(folder, input));
            }
        }
    }
}
