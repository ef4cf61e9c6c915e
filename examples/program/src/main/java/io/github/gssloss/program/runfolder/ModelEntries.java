/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.runfolder;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The entries of an archive that may be a stranger's, after they were checked: names that a model
 * has and no others, so that none leads out of a folder; no name twice; none compressed and all
 * together no larger than the file, so that none becomes more than it takes there.
 */
final class ModelEntries {

    /** A model has fewer than ten. */
    private static final int MOST = 32;

    /** The most bytes of an entry that is no checkpoint: it is read as a whole. */
    private static final long TEXT_BYTES = 16L << 20;

    /** Where the weights lie. */
    private static final String CHECKPOINTS = RunFolder.CHECKPOINTS + "/";

    /** The entries without which there is no run. */
    private static final List<String> NEEDED =
            List.of(ModelManifest.NAME, RunFolder.SETTINGS, ModelArchive.CARD);

    private final ZipFile zip;
    private final Path file;
    private final SortedMap<String, ZipEntry> entries = new TreeMap<>();
    private final ModelManifest manifest;

    /**
     * Checks the entries.
     *
     * @param zip the archive, opened
     * @param file the archive's file
     * @throws UserInputException if they are not those of a model
     * @throws IOException if it cannot be read
     */
    ModelEntries(ZipFile zip, Path file) throws IOException {
        this.zip = zip;
        this.file = file;
        if (zip.getEntry(ModelManifest.NAME) == null) {
            throw new UserInputException(
                    "%s: %s, got an archive without %s"
                            .formatted(file, ModelArchive.EITHER, ModelManifest.NAME));
        }
        if (zip.size() > MOST) {
            throw new UserInputException(
                    "%s: expected at most %d entries, got %d".formatted(file, MOST, zip.size()));
        }
        long bytes = 0;
        for (ZipEntry entry : Collections.list(zip.entries())) {
            check(entry);
            bytes += entry.getSize();
        }
        if (bytes > Files.size(file)) {
            throw new UserInputException(
                    "%s: expected entries of at most the %d bytes of the file, got %d"
                            .formatted(file, Files.size(file), bytes));
        }
        byte[] text = zip.getInputStream(entries.get(ModelManifest.NAME)).readAllBytes();
        manifest = ModelManifest.parse(new String(text, StandardCharsets.UTF_8), file.toString());
        checkComplete();
    }

    private void check(ZipEntry entry) {
        String name = entry.getName();
        boolean checkpoint =
                name.startsWith(CHECKPOINTS)
                        && Checkpoints.isName(name.substring(CHECKPOINTS.length()));
        if (!checkpoint && !name.equals(ModelManifest.NAME) && !ModelArchive.TEXTS.contains(name)) {
            throw new UserInputException(
                    "%s: expected entries of a model, such as %s, got the name '%s'"
                            .formatted(file, RunFolder.SETTINGS, printable(name)));
        }
        if (entries.put(name, entry) != null) {
            throw new UserInputException(
                    "%s, entry %s: expected it once, got it twice".formatted(file, name));
        }
        boolean stored =
                entry.getMethod() == ZipEntry.STORED
                        && entry.getSize() == entry.getCompressedSize();
        if (!stored) {
            throw new UserInputException(
                    "%s, entry %s: expected it as gss export stores it, not compressed"
                            .formatted(file, name));
        }
        if (!checkpoint && entry.getSize() > TEXT_BYTES) {
            throw new UserInputException(
                    "%s, entry %s: expected at most %d bytes, got %d"
                            .formatted(file, name, TEXT_BYTES, entry.getSize()));
        }
    }

    /** A name that cannot break the line of a message. */
    private static String printable(String name) {
        String clean = name.replaceAll("\\p{Cntrl}", "?");
        return clean.length() > 80 ? clean.substring(0, 80) + "..." : clean;
    }

    private void checkComplete() {
        SortedMap<String, ZipEntry> others = new TreeMap<>(entries);
        others.remove(ModelManifest.NAME);
        for (String name : manifest.entries().keySet()) {
            if (others.remove(name) == null) {
                throw missing(printable(name));
            }
        }
        if (!others.isEmpty()) {
            throw new UserInputException(
                    "%s, entry %s: expected it in %s, which does not name it"
                            .formatted(file, others.firstKey(), ModelManifest.NAME));
        }
        for (String name : NEEDED) {
            if (!entries.containsKey(name)) {
                throw missing(name);
            }
        }
        long checkpoints =
                entries.keySet().stream().filter(name -> name.startsWith(CHECKPOINTS)).count();
        if (checkpoints != 1) {
            throw new UserInputException(
                    "%s: expected the weights of one checkpoint, got %d"
                            .formatted(file, checkpoints));
        }
    }

    private UserInputException missing(String name) {
        return new UserInputException("%s: expected an entry %s, found none".formatted(file, name));
    }

    /** What the manifest says of the other entries, each of which is there. */
    SortedMap<String, ModelManifest.Entry> named() {
        return manifest.entries();
    }

    /** Opens an entry. */
    InputStream open(String name) throws IOException {
        return zip.getInputStream(entries.get(name));
    }
}
