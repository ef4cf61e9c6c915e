/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import io.github.gssloss.files.Sha256;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.files.Workers;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.imaging.dataset.Modality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Prepared cases kept in a folder, one file each, mapped into memory on use: a random crop reads
 * only its own pages. A case is prepared again where its source files (name, size, time of change)
 * or the settings have changed, or where the cache file is damaged. Settings and sources are part
 * of a file's name, so runs with different ones share a folder; files that nobody asks for any more
 * stay until the folder is deleted, which is safe at any time no run uses it.
 */
public final class CaseCache {

    private static final String FORMAT = "1";
    private static final int KEY_BYTES = 8;

    private final Path folder;
    private final CasePreparation preparation;

    /** Receives each case that is ready, in the thread that opens the cohort. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A case has become ready.
         *
         * @param done the number of cases ready so far
         * @param total the number of cases asked for
         * @param name the case
         */
        void ready(int done, int total, String name);
    }

    /**
     * Creates a cache.
     *
     * @param folder where the cache files lie; made where it does not exist
     * @param preparation what makes a case ready
     */
    public CaseCache(Path folder, CasePreparation preparation) {
        this.folder = folder;
        this.preparation = preparation;
    }

    /**
     * Opens all cases of a folder, each of which must be complete, as many at a time as there are
     * processors.
     *
     * @param data a folder of case folders, as {@link CaseFiles#find} finds them
     * @param cache where the cache files lie; made where it does not exist
     * @param labelSet how the segmentations are numbered
     * @param crop the size of training crops along {x, y, z}, or one number for a cube
     * @return the cases by name
     * @throws UserInputException for the first case that lacks a file or cannot be used
     */
    public static List<PreparedCase> openFolder(
            Path data, Path cache, LabelSet labelSet, int... crop) {
        List<CaseFiles> cohort =
                CaseFiles.find(data).stream().map(CaseFiles::requireComplete).toList();
        return new CaseCache(cache, new CasePreparation(labelSet, crop))
                .openAll(
                        cohort,
                        Runtime.getRuntime().availableProcessors(),
                        (done, total, name) -> {});
    }

    /**
     * Returns what a case is made of as one word: it changes with the case's files and with the
     * settings.
     *
     * @param files the case
     * @return 64 hexadecimal digits
     * @throws UserInputException where a file cannot be looked at
     */
    public String key(CaseFiles files) {
        try {
            return HexFormat.of().formatHex(fingerprint(files));
        } catch (IOException e) {
            throw new UserInputException(
                    "case " + files.name() + ": its files cannot be looked at: " + e, e);
        }
    }

    /**
     * Returns a case, from the cache where it is valid there, else prepared and put there.
     *
     * @param files the case
     * @return the case, its voxels mapped from the cache file
     * @throws UserInputException where the case cannot be used or the folder not be written
     */
    public PreparedCase open(CaseFiles files) {
        preparation.check(files);
        try {
            Files.createDirectories(folder);
            byte[] fingerprint = fingerprint(files);
            String key = HexFormat.of().formatHex(fingerprint, 0, KEY_BYTES);
            Path path = folder.resolve(files.name() + "-" + key + ".gsscase");
            Optional<PreparedCase> cached = CacheFile.map(path, fingerprint, files);
            if (cached.isPresent()) {
                return cached.get();
            }
            CacheFile.write(path, fingerprint, preparation.prepare(files));
            return CacheFile.map(path, fingerprint, files)
                    .orElseThrow(() -> new IOException("what was written reads back differently"));
        } catch (IOException e) {
            throw new UserInputException("cache folder " + folder + ": cannot be used: " + e, e);
        }
    }

    /**
     * Opens the cases of a cohort in parallel. All are checked by their headers before the first is
     * prepared. A worker that prepares a BraTS volume (240 x 240 x 155) takes about 300 MB.
     *
     * @param cohort the cases
     * @param workers how many to prepare at a time: what bounds the memory
     * @param listener receives each case that is ready
     * @return the cases in the order given
     * @throws UserInputException for the first case, in that order, that cannot be used
     */
    public List<PreparedCase> openAll(List<CaseFiles> cohort, int workers, Listener listener) {
        cohort.forEach(preparation::check);
        List<Callable<PreparedCase>> tasks = new ArrayList<>();
        cohort.forEach(files -> tasks.add(() -> open(files)));
        return Workers.run(
                workers,
                "preparing the cohort",
                tasks,
                done -> listener.ready(done, cohort.size(), cohort.get(done - 1).name()));
    }

    private byte[] fingerprint(CaseFiles files) throws IOException {
        StringBuilder text = new StringBuilder(FORMAT + "\n" + preparation.key() + "\n");
        for (Modality modality : files.images().keySet()) {
            text.append(line(modality.label(), files.images().get(modality)));
        }
        if (files.segmentation().isPresent()) {
            text.append(line("seg", files.segmentation().get()));
        }
        return Sha256.of(text.toString());
    }

    private static String line(String what, Path file) throws IOException {
        // Part of a key: its line feed is the same on every system.
        return "%s %s %d %d"
                        .formatted(
                                what,
                                file.getFileName(),
                                Files.size(file),
                                Files.getLastModifiedTime(file).toMillis())
                + "\n";
    }
}
