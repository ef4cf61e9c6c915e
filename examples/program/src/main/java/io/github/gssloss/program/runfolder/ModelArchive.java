/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.runfolder;

import io.github.gssloss.files.Sha256;
import io.github.gssloss.files.TemporaryFolder;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.files.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A model in one file: a zip archive with the settings of a run, one of its checkpoints, what is
 * known of both, and a manifest with the checksum of each entry. The entries have the names of the
 * files of a run's folder, and are unpacked into a temporary one.
 *
 * @param file the archive
 * @param folder what it was unpacked to; removed when the process ends
 */
public record ModelArchive(Path file, Path folder) {

    /** The name of the entry that is there to be read by people. */
    public static final String CARD = "README.md";

    /** The name of the entry that has the same for programs. */
    public static final String FACTS = "model.yaml";

    /** The name of the entry with the means of an evaluation. */
    public static final String MEASURES = "summary.csv";

    /** What is expected where a run may be given as a folder or as a file. */
    static final String EITHER =
            "expected the folder of a run or a model that gss export has written";

    /** All entries but the manifest and the weights. */
    static final List<String> TEXTS =
            List.of(CARD, FACTS, RunFolder.SETTINGS, RunFolder.CASES, MEASURES);

    /** The time of every entry, so that the same run gives the same bytes. */
    private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    /**
     * Writes an archive, whole or not at all.
     *
     * @param file the archive to write or to replace, in an existing folder
     * @param texts the entries to be read as text, by their names
     * @param weights the checkpoint
     * @throws IOException if it cannot be written; then it is as it was before
     */
    public static void write(Path file, Map<String, String> texts, Path weights)
            throws IOException {
        SortedMap<String, ModelManifest.Entry> entries = new TreeMap<>();
        texts.forEach((name, text) -> entries.put(name, entry(text)));
        String checkpoint = RunFolder.CHECKPOINTS + "/" + name(weights.toFile().getName());
        entries.put(
                checkpoint, new ModelManifest.Entry(Files.size(weights), Sha256.ofFile(weights)));
        WholeFile.write(
                file,
                out -> {
                    ZipOutputStream zip = new ZipOutputStream(out);
                    put(zip, ModelManifest.NAME, ModelManifest.of(entries).yaml());
                    for (Map.Entry<String, String> text : new TreeMap<>(texts).entrySet()) {
                        put(zip, text.getKey(), text.getValue());
                    }
                    CRC32 sum = new CRC32();
                    try (var in = Files.newInputStream(weights)) {
                        byte[] buffer = new byte[1 << 16];
                        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                            sum.update(buffer, 0, read);
                        }
                    }
                    zip.putNextEntry(stored(checkpoint, Files.size(weights), sum));
                    Files.copy(weights, zip);
                    zip.closeEntry();
                    zip.finish();
                });
    }

    /** Weights under a name that does not say after which step they were, such as the best. */
    private static String name(String weights) {
        return Checkpoints.isName(weights)
                ? weights
                : Checkpoints.name(0, weights.endsWith(".pt") ? "pt" : "npz");
    }

    private static ModelManifest.Entry entry(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new ModelManifest.Entry(bytes.length, HexFormat.of().formatHex(Sha256.of(text)));
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        CRC32 sum = new CRC32();
        sum.update(bytes);
        zip.putNextEntry(stored(name, bytes.length, sum));
        zip.write(bytes);
        zip.closeEntry();
    }

    /** Not compressed: weights hardly shrink, and zlib's versions differ in their bytes. */
    private static ZipEntry stored(String name, long bytes, CRC32 sum) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes);
        entry.setCrc(sum.getValue());
        return entry;
    }

    /**
     * Returns whether a file is an archive with the manifest of a model, whatever else it holds.
     *
     * @param file the file; it need not exist
     * @return false also for an archive of weights
     */
    public static boolean isModel(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getEntry(ModelManifest.NAME) != null;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Checks an archive and unpacks it.
     *
     * @param file the archive
     * @return the archive with its files
     * @throws UserInputException one line that names the file and what is wrong: it is not there,
     *     no model, of a later version, damaged, or has entries that no model has
     */
    public static ModelArchive unpack(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UserInputException(file + ": " + EITHER + ", got nothing there");
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return unpack(new ModelEntries(zip, file), file);
        } catch (ZipException | IllegalArgumentException e) {
            // An IllegalArgumentException is Java's answer to a name that is no UTF-8.
            throw new UserInputException(
                    "%s: %s, got a file that is no whole zip archive: %s"
                            .formatted(file, EITHER, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new UserInputException(
                    "%s: cannot be read, or unpacked to %s: %s"
                            .formatted(file, System.getProperty("java.io.tmpdir"), e),
                    e);
        }
    }

    private static ModelArchive unpack(ModelEntries entries, Path file) throws IOException {
        TemporaryFolder folder = TemporaryFolder.create("gss-model");
        boolean whole = false;
        try {
            for (Map.Entry<String, ModelManifest.Entry> named : entries.named().entrySet()) {
                Path unpacked = folder.file(named.getKey());
                try (var in = entries.open(named.getKey())) {
                    Files.copy(in, unpacked);
                }
                boolean same =
                        Files.size(unpacked) == named.getValue().bytes()
                                && Sha256.ofFile(unpacked).equals(named.getValue().sha256());
                if (!same) {
                    throw new UserInputException(
                            "%s, entry %s: is damaged: its checksum is wrong"
                                    .formatted(file, named.getKey()));
                }
            }
            whole = true;
            return new ModelArchive(file, folder.path());
        } finally {
            if (!whole) {
                folder.remove();
            }
        }
    }

    /**
     * Does something with the unpacked files; what is wrong with one is said of the archive.
     *
     * @param work the work
     * @param <T> what comes of it
     * @return what the work returns
     * @throws UserInputException from the work
     */
    public <T> T naming(Supplier<T> work) {
        try {
            return work.get();
        } catch (UserInputException e) {
            throw new UserInputException(
                    e.getMessage().replace(folder.toString(), file.toString()), e);
        }
    }

    /**
     * Returns the unpacked checkpoint.
     *
     * @return the file of weights
     */
    public Path weights() {
        try (Stream<Path> files = Files.list(folder.resolve(RunFolder.CHECKPOINTS))) {
            // There is one: that was checked.
            return files.findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
