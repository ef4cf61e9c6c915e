/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** What the folder of a run says about it, as far as it is there. */
final class RunFiles {

    private final Optional<String> named;
    private final Optional<Path> path;

    /**
     * Looks for the folder.
     *
     * @param named the folder as the evaluation names it
     */
    RunFiles(Optional<String> named) {
        this.named = named;
        this.path = named.flatMap(RunFiles::parsed);
    }

    /** A name that was given on another system may be none here. */
    private static Optional<Path> parsed(String name) {
        try {
            return Optional.of(Path.of(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The folder as it was named, whether it is there or not. */
    Optional<String> named() {
        return named;
    }

    /** The last part of the folder's name. */
    Optional<String> name() {
        return path.map(folder -> folder.toAbsolutePath().normalize().getFileName())
                .map(Path::toString);
    }

    /** Why nothing is known of the run, where that is so. */
    Optional<String> note() {
        if (named.isEmpty()) {
            return Optional.of(
                    "The evaluation does not say which run it evaluated: there are no settings and"
                            + " no learning curves.");
        }
        return folder().isPresent()
                ? Optional.empty()
                : Optional.of(
                        "The folder of the run, "
                                + named.get()
                                + ", is not there: there are no settings and no learning curves.");
    }

    Facts facts(String title, String file) {
        String words = named.orElse("the run") + ": " + file;
        return Facts.read(title, words, folder().map(path -> path.resolve(file)));
    }

    /** The losses of the run. */
    Curves curves() {
        return folder().map(found -> Curves.read(found.resolve("losses.csv")))
                .orElseGet(() -> Curves.none(note().orElseThrow()));
    }

    /** The chart of how the votes were decided during the training, as a data URI. */
    Optional<String> decisions() {
        return folder().flatMap(found -> Figure.uri(found.resolve("decisions.png")));
    }

    private Optional<Path> folder() {
        return path.filter(Files::isDirectory);
    }
}
