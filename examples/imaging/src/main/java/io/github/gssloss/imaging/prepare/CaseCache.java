/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import io.github.gssloss.files.ByteSize;
import io.github.gssloss.files.ContentHash;
import io.github.gssloss.files.Counted;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.files.Workers;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.DatasetKind;
import io.github.gssloss.imaging.dataset.Modality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepared cases kept in a folder, one file each, mapped into memory on use: a random crop reads
 * only its own pages. A case is found by the content of its files and the way it is prepared, its
 * {@link PreparationRecord}: runs, processes and copies of the data share a folder. A file that is
 * damaged is made again. Files that nobody asks for any more stay until {@link CacheContents#clear}
 * removes them.
 */
public final class CaseCache {

    private static final Logger LOG = LoggerFactory.getLogger(CaseCache.class);

    private final Path folder;
    private final CasePreparation preparation;
    private final ContentHash hashes;

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
        hashes = new ContentHash(CacheContents.hashes(folder));
    }

    /**
     * Opens all cases of a folder, each of which must be complete, as many at a time as there are
     * processors.
     *
     * @param data a folder of cases that lies as the description says
     * @param cache where the cache files lie; made where it does not exist
     * @param description what the cases show
     * @param crop the size of training crops along {x, y, z}, or one number for a cube
     * @return the cases by name
     * @throws UserInputException for the first case that lacks a file or cannot be used
     */
    public static List<PreparedCase> openFolder(
            Path data, Path cache, DataDescription description, int... crop) {
        List<CaseFiles> cohort =
                Cohort.find(data, description).requireAll(false).cases().stream()
                        .map(CaseFiles::requireComplete)
                        .toList();
        CaseCache cases = new CaseCache(cache, new CasePreparation(description, crop));
        int workers = Runtime.getRuntime().availableProcessors();
        cases.announce(cohort, workers, done -> {});
        return cases.openAll(cohort, workers, (done, total, name) -> {});
    }

    /**
     * Returns what a case is made of as one word: it changes with the content of the case's files
     * and with how they are prepared, and with nothing else.
     *
     * @param files the case
     * @return 64 hexadecimal digits
     * @throws UserInputException where a file cannot be read
     */
    public String key(CaseFiles files) {
        PreparationRecord record = preparation.record();
        try {
            for (Map.Entry<Modality, Path> image : files.images().entrySet()) {
                record = record.with(field(files, image.getKey()), hashes.of(image.getValue()));
            }
            if (files.segmentation().isPresent()) {
                record = record.with("seg", hashes.of(files.segmentation().get()));
            }
            return record.sha256();
        } catch (IOException e) {
            throw new UserInputException(
                    "case " + files.name() + ": its files cannot be read: " + e, e);
        }
    }

    /** Names of channels are free: none may be taken for another field. */
    private static String field(CaseFiles files, Modality modality) {
        boolean own = files.kind() == DatasetKind.BRATS;
        return own ? modality.label() : "image " + modality.index() + " " + modality.label();
    }

    /**
     * Reads the files of a cohort as far as they changed since they were read last, and logs how
     * many cases are to be prepared and what that takes on the disk.
     *
     * @param cohort the cases
     * @param workers how many to read at a time
     * @param progress takes the number of cases read so far
     * @throws UserInputException if a file cannot be read, or the disk has less room than is needed
     */
    public void announce(List<CaseFiles> cohort, int workers, IntConsumer progress) {
        List<Callable<Boolean>> tasks = new ArrayList<>();
        cohort.forEach(files -> tasks.add(() -> Files.exists(path(key(files)))));
        List<Boolean> there = Workers.run(workers, "reading the cases", tasks, progress);
        int missing = 0;
        long bytes = 0;
        for (int i = 0; i < cohort.size(); i++) {
            if (!there.get(i)) {
                missing++;
                bytes += PreparedSize.estimate(cohort.get(i));
            }
        }
        if (missing > 0) {
            requireRoom(missing, bytes, CacheContents.room(folder));
            LOG.info("cache {}: {}", folder, toPrepare(missing, bytes));
        }
    }

    private static String toPrepare(int cases, long bytes) {
        return "%s to prepare, about %s".formatted(Counted.of(cases, "case"), ByteSize.text(bytes));
    }

    void requireRoom(int cases, long bytes, long room) {
        if (room < bytes) {
            throw new UserInputException(
                    "cache %s: %s, but its disk has %s left; make room (gss cache) or choose another"
                                    .formatted(folder, toPrepare(cases, bytes), ByteSize.text(room))
                            + " folder");
        }
    }

    /**
     * Returns a case, from the cache where it is there, else prepared and put there.
     *
     * @param files the case
     * @return the case, its voxels mapped from the cache file
     * @throws UserInputException where the case cannot be used or the folder not be written
     */
    public PreparedCase open(CaseFiles files) {
        preparation.check(files);
        String key = key(files);
        byte[] bytes = HexFormat.of().parseHex(key);
        Path path = path(key);
        try {
            Files.createDirectories(folder);
            Optional<PreparedCase> cached = cached(path, bytes, files);
            if (cached.isPresent()) {
                return cached.get();
            }
            PreparedCase prepared = preparation.prepare(files);
            if (!key(files).equals(key)) {
                throw new UserInputException(
                        "case " + files.name() + ": its files changed while they were read");
            }
            CacheFile.write(path, bytes, prepared);
            return CacheFile.map(path, bytes, files, preparation.working())
                    .orElseThrow(() -> new IOException("what was written is gone"));
        } catch (IOException e) {
            throw new UserInputException("cache folder " + folder + ": cannot be used: " + e, e);
        }
    }

    private Optional<PreparedCase> cached(Path path, byte[] key, CaseFiles files)
            throws IOException {
        try {
            Optional<PreparedCase> cached = CacheFile.map(path, key, files, preparation.working());
            if (cached.isPresent()) {
                use(path);
                preparation.warnOfPadding(files, cached.get().box());
            }
            return cached;
        } catch (CacheFile.DamagedException e) {
            LOG.warn("{}: {}; case {} is prepared again", path, e.getMessage(), files.name());
            return Optional.empty();
        }
    }

    /** The time of a file is that of its last use. */
    private static void use(Path path) {
        try {
            Files.setLastModifiedTime(path, FileTime.from(Instant.now()));
        } catch (IOException e) {
            LOG.debug("{}: cannot be dated", path, e);
        }
    }

    private Path path(String key) {
        return folder.resolve(key + CacheContents.ENDING);
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
}
