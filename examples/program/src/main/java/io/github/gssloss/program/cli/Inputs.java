/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.PathNames;
import io.github.gssloss.files.UserInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.TypeConversionException;

/** Checks of what the user names, made before any work begins. */
public final class Inputs {

    private Inputs() {}

    /**
     * Checks that there is a folder.
     *
     * @param option the option that names it
     * @param path the folder
     * @throws UserInputException if it is none
     */
    public static void folder(String option, Path path) {
        check(Files.isDirectory(path), option, path, "a folder", "a file");
    }

    /**
     * Checks that there is a file.
     *
     * @param option the option that names it
     * @param path the file
     * @throws UserInputException if it is none
     */
    public static void file(String option, Path path) {
        check(Files.isRegularFile(path), option, path, "a file", "a folder");
    }

    /**
     * Checks that results can go to a folder, which need not exist.
     *
     * @param option the option that names it
     * @param path the folder
     * @throws UserInputException if it is a file
     */
    public static void results(String option, Path path) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new UserInputException(
                    "%s %s: expected a folder for results, got a file".formatted(option, path));
        }
    }

    /** Folders of which none is named twice, by whatever way. */
    static void different(String option, List<Path> paths) {
        Set<Path> before = new HashSet<>();
        for (Path path : paths) {
            if (!before.add(path.toAbsolutePath().normalize())) {
                throw new UserInputException(
                        "%s %s: expected each once, got it twice".formatted(option, path));
            }
        }
    }

    /**
     * Converts an argument, with a message of its own where it is no path.
     *
     * @param text the argument
     * @return the path
     * @throws TypeConversionException if it is none
     */
    public static Path path(String text) {
        try {
            return PathNames.path(text);
        } catch (UserInputException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static void check(
            boolean holds, String option, Path path, String expected, String other) {
        if (!holds) {
            String got = Files.exists(path) ? other : "nothing there";
            throw new UserInputException(
                    "%s %s: expected %s, got %s".formatted(option, path, expected, got));
        }
    }

    /**
     * Checks a whole number.
     *
     * @param option the option that has it
     * @param value the number
     * @param least the least that it may be
     * @throws UserInputException if it is less
     */
    public static void atLeast(String option, int value, int least) {
        if (value < least) {
            throw new UserInputException(
                    "%s: expected a whole number of at least %d, got %d"
                            .formatted(option, least, value));
        }
    }
}
