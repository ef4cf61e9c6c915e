/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import io.github.gssloss.files.PathNames;
import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a folder of images or labels holds.
 *
 * @param folder the folder
 * @param entries all in it, sorted, but what is hidden
 */
record FolderFiles(Path folder, List<Path> entries) {

    /** The most files that a line names. */
    private static final int NAMED = 3;

    /**
     * Lists a folder.
     *
     * @throws UserInputException where it is no folder or cannot be read, or a name in it cannot be
     *     in the locale of this process
     */
    static FolderFiles of(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new UserInputException(
                    "%s: expected a folder, got %s"
                            .formatted(folder, NamedFile.unreadable(folder).orElse("a file")));
        }
        try {
            return new FolderFiles(folder, list(folder));
        } catch (IOException e) {
            throw cannotRead(folder, e);
        } catch (UncheckedIOException e) {
            throw cannotRead(folder, e.getCause());
        }
    }

    /**
     * Lists a folder, sorted, without what is hidden; macOS leaves ._x beside each file x.
     *
     * @throws UserInputException where a name cannot be in the locale of this process
     */
    static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> listed = Files.list(folder)) {
            List<Path> entries =
                    listed.filter(one -> !NamedFile.fileName(one).startsWith("."))
                            .sorted()
                            .toList();
            entries.forEach(PathNames::requireReadable);
            return entries;
        }
    }

    private static UserInputException cannotRead(Path folder, IOException failure) {
        return new UserInputException(
                folder + ": cannot be read: " + NamedFile.words(failure), failure);
    }

    /** One line that says that some of its files are left out; none where there are no such. */
    List<String> leftOut(List<Path> files, String why) {
        if (files.isEmpty()) {
            return List.of();
        }
        int more = files.size() - NAMED;
        String names =
                files.stream()
                        .limit(NAMED)
                        .map(NamedFile::fileName)
                        .collect(Collectors.joining(", "));
        return List.of(
                "%s: left out %s%s: %s"
                        .formatted(
                                folder,
                                names,
                                more > 0 ? " and %d more".formatted(more) : "",
                                why));
    }
}
