/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The SHA-256 of files, remembered in a small text file with what the system says of each file: its
 * path, size, time of change and, where there are such, its number and the time its entry changed.
 * A file is read again as soon as any of that differs. Safe for many threads, and for several
 * processes with one text file.
 */
public final class ContentHash {

    /** File systems count time in steps of up to two seconds: what is younger may still change. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private static final int DIGITS = 64;

    private final Path memory;
    private final InstantSource clock;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    /**
     * Reads what was remembered.
     *
     * @param memory the text file; it need not exist, and where it cannot be written nothing is
     *     remembered beyond this object
     */
    public ContentHash(Path memory) {
        this(memory, InstantSource.system());
    }

    ContentHash(Path memory, InstantSource clock) {
        this.memory = memory;
        this.clock = clock;
        try {
            for (String line : Files.readAllLines(memory)) {
                if (line.length() > DIGITS) {
                    known.put(line.substring(DIGITS + 1), line.substring(0, DIGITS));
                }
            }
        } catch (IOException e) {
            // Then every file is read once more.
            known.clear();
        }
    }

    /**
     * Returns the checksum of a file's bytes.
     *
     * @param file the file
     * @return 64 hexadecimal digits
     * @throws IOException if it cannot be read, or changes meanwhile
     */
    public String of(Path file) throws IOException {
        Instant now = clock.instant();
        Map<String, Object> attributes = attributes(file);
        String entry = entry(attributes, file);
        String found = known.get(entry);
        if (found != null) {
            return found;
        }
        String hash = Sha256.ofFile(file);
        if (!attributes.equals(attributes(file))) {
            throw new IOException(file + " changed while it was read");
        }
        boolean settled =
                attributes.values().stream()
                        .filter(FileTime.class::isInstance)
                        .allMatch(
                                time -> ((FileTime) time).toInstant().isBefore(now.minus(SETTLED)));
        if (settled && known.put(entry, hash) == null) {
            remember(hash + " " + entry + "\n");
        }
        return hash;
    }

    private static Map<String, Object> attributes(Path file) throws IOException {
        boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        return new TreeMap<>(
                Files.readAttributes(
                        file,
                        unix
                                ? "unix:size,lastModifiedTime,ctime,ino,dev"
                                : "size,lastModifiedTime,creationTime"));
    }

    private static String entry(Map<String, Object> attributes, Path file) throws IOException {
        String facts =
                attributes.values().stream().map(Object::toString).collect(Collectors.joining(" "));
        return (facts + " " + file.toRealPath()).replaceAll("\\s", " ");
    }

    private synchronized void remember(String line) {
        try {
            Files.writeString(memory, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            // Then the next process reads the file once more.
            return;
        }
    }
}
