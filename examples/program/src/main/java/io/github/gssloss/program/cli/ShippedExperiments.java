/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.UserInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The experiments that ship with the program, files in its folder {@code experiments}. */
final class ShippedExperiments {

    private static final String ENDING = ".yaml";

    private ShippedExperiments() {}

    /**
     * Finds an experiment.
     *
     * @param named a file, or the name of an experiment that ships with the program
     * @return the file
     * @throws UserInputException if it is neither
     */
    static Path find(String named) {
        Path file = Path.of(named);
        if (Files.exists(file)) {
            return file;
        }
        List<String> names = names();
        if (names.contains(named)) {
            return folder().resolve(named + ENDING);
        }
        String known = names.isEmpty() ? "" : " or one of " + String.join(", ", names);
        throw new UserInputException(
                "experiment: expected a YAML file" + known + ", got '" + named + "'");
    }

    private static List<String> names() {
        String[] files = folder().toFile().list((folder, name) -> name.endsWith(ENDING));
        return Stream.ofNullable(files)
                .flatMap(Stream::of)
                .map(name -> name.substring(0, name.length() - ENDING.length()))
                .sorted()
                .toList();
    }

    private static Path folder() {
        return Path.of(System.getProperty(VerifyCommand.HOME, ""), "experiments");
    }
}
