/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.runfolder;

import io.github.gssloss.files.OutputPath;
import io.github.gssloss.files.UserInputException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a new run can be put. */
public final class RunPlace {

    private RunPlace() {}

    /**
     * Returns whether a folder holds a run that was begun.
     *
     * @param path the folder; it need not exist
     * @return whether it can be opened
     */
    public static boolean holdsRun(Path path) {
        return Files.exists(path.resolve(RunFolder.SETTINGS));
    }

    /**
     * Checks that a new run can be put into a folder. To be asked before any long preparation.
     *
     * @param path the folder; it need not exist
     * @throws UserInputException if the folder already holds a run or is a file
     */
    public static void checkFree(Path path) {
        if (holdsRun(path)) {
            throw new UserInputException(
                    "%s: already holds a run (%s); choose another folder"
                            .formatted(path, RunFolder.SETTINGS));
        }
        Path nearest = path.toAbsolutePath();
        for (Path up = nearest; !Files.exists(nearest) && up != null; up = up.getParent()) {
            nearest = up;
        }
        if (!Files.isDirectory(nearest)) {
            throw new UserInputException(
                    "%s: expected a folder for the run, but %s is a file".formatted(path, nearest));
        }
    }

    /**
     * Checks that a file which is read will not be replaced by the checkpoints of a new run.
     *
     * @param path the folder of the run; it need not exist
     * @param file the file, which exists
     * @throws UserInputException if it lies where the checkpoints will be
     */
    public static void checkKeeps(Path path, Path file) {
        OutputPath.requireOutside(path.resolve(RunFolder.CHECKPOINTS), file);
    }
}
