/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What lies in the folder of a cache.
 *
 * @param entries the number of prepared cases
 * @param bytes what they take together
 * @param oldest when the case that was not used for the longest time was used; empty: no entries
 * @param newest when a case was used last; empty: no entries
 */
public record CacheContents(
        int entries, long bytes, Optional<Instant> oldest, Optional<Instant> newest) {

    /** What the name of a prepared case ends with. */
    static final String ENDING = ".gsscase";

    /** Nobody writes a single case for so long. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    /** The file that remembers the checksums of the cases' files. */
    static Path hashes(Path folder) {
        return folder.resolve("sha256.txt");
    }

    /** The bytes that can still be written to the disk of a folder, which need not exist. */
    static long room(Path folder) {
        Path there = folder.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there == null) {
            return Long.MAX_VALUE;
        }
        try {
            return Files.getFileStore(there).getUsableSpace();
        } catch (IOException e) {
            // Not known: then the disk says so itself.
            return Long.MAX_VALUE;
        }
    }

    /**
     * Looks into a folder.
     *
     * @param folder the folder; it need not exist
     * @return what is in it
     * @throws UserInputException if it cannot be read
     */
    public static CacheContents of(Path folder) {
        try {
            long bytes = 0;
            List<Path> entries = files(folder, CacheContents::isEntry);
            for (Path entry : entries) {
                bytes += Files.size(entry);
            }
            List<Instant> uses = entries.stream().map(CacheContents::used).toList();
            return new CacheContents(
                    entries.size(),
                    bytes,
                    uses.stream().min(Comparator.naturalOrder()),
                    uses.stream().max(Comparator.naturalOrder()));
        } catch (IOException e) {
            throw new UserInputException("cache folder " + folder + ": cannot be read: " + e, e);
        }
    }

    /**
     * Removes the prepared cases of a folder, of every version, and what was remembered of their
     * files; other files stay. A run that uses them keeps what it has opened.
     *
     * @param folder the folder; it need not exist
     * @throws UserInputException if a file cannot be removed
     */
    public static void clear(Path folder) {
        try {
            for (Path entry : files(folder, CacheContents::isEntry)) {
                Files.deleteIfExists(entry);
            }
            Instant abandoned = Instant.now().minus(ABANDONED);
            for (Path part : files(folder, CacheContents::isPart)) {
                if (used(part).isBefore(abandoned)) {
                    Files.deleteIfExists(part);
                }
            }
            Files.deleteIfExists(hashes(folder));
        } catch (IOException e) {
            throw new UserInputException("cache folder " + folder + ": cannot be cleared: " + e, e);
        }
    }

    private static boolean isEntry(String name) {
        return name.endsWith(ENDING);
    }

    /** What {@link WholeFile#writeShared} leaves where a process was killed. */
    private static boolean isPart(String name) {
        return name.contains(ENDING + "-") && name.endsWith(WholeFile.TEMPORARY);
    }

    private static List<Path> files(Path folder, Predicate<String> name) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> name.test(file.toFile().getName())).toList();
        }
    }

    private static Instant used(Path entry) {
        try {
            return Files.getLastModifiedTime(entry).toInstant();
        } catch (IOException e) {
            // Removed meanwhile.
            return Instant.now();
        }
    }
}
