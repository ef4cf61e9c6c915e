/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import io.github.gssloss.files.FolderLock;
import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of an experiment: where everything is.
 *
 * @param path the folder
 */
record ExperimentFolder(Path path) {

    /** The run of a cell, as {@code gss train} leaves it. */
    Path run(Cell cell) {
        return path.resolve("cells").resolve(cell.name());
    }

    /** The evaluation of a cell, as {@code gss evaluate} leaves it. */
    Path evaluated(Cell cell) {
        return earlierOr("judged", "evaluated").resolve(cell.name());
    }

    /** A folder under the name that it had before, where an earlier version has made it. */
    private Path earlierOr(String earlier, String name) {
        return path.resolve(Files.isDirectory(path.resolve(earlier)) ? earlier : name);
    }

    /** The scores of a cell. */
    Path scores(Cell cell) {
        return evaluated(cell).resolve("scores.csv");
    }

    Path outcome(Cell cell) {
        return path.resolve("outcomes").resolve(cell.name() + ".yaml");
    }

    /** What a process of its own printed for a cell, and why the cell failed. */
    Path log(Cell cell) {
        return path.resolve("logs").resolve(cell.name() + ".log");
    }

    Path phantoms(String purpose) {
        String earlier = purpose.equals("evaluate") ? "judge" : purpose;
        return earlierOr("phantoms/" + earlier, "phantoms/" + purpose);
    }

    /** What all cells have in common beside their settings. */
    Path record() {
        return path.resolve("experiment.yaml");
    }

    /** The lease of whoever makes and checks what all cells have in common. */
    Path lease() {
        return path.resolve(".lease");
    }

    Path cells() {
        return path.resolve("cells.csv");
    }

    Path markdown() {
        return path.resolve("results.md");
    }

    Path csv() {
        return path.resolve("results.csv");
    }

    Path report() {
        return path.resolve("report.html");
    }

    /**
     * Checks that there is no file in the place of the folder.
     *
     * @throws UserInputException if there is
     */
    void check() {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new UserInputException(path + ": expected a folder, got a file");
        }
    }

    /**
     * Makes the folder and works in it while no other process does.
     *
     * @throws UserInputException if another process works in it
     */
    <T> T alone(FolderLock.Work<T> work) throws IOException {
        check();
        Files.createDirectories(path);
        return FolderLock.holding(
                path, "another gss ablate works in this folder; wait for it or end it", work);
    }
}
