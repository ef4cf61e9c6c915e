/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Keeps two processes, perhaps on two machines that share a file system, from doing the same work.
 * File locks are not to be trusted there, so the lease is a file that its holder writes anew every
 * five seconds. All that is asked of the file system is that making a new file fails where the file
 * exists (NFS since version 3, and every local one), and that a file is seen as it was written when
 * it is opened anew.
 *
 * <p>A lease that its holder gave back, or whose process has ended on this very machine, is free at
 * once. Any other is free when its file has not changed for a minute, by the clock of who waits:
 * clocks are never compared. Every holding has a file of its own, numbered in order; the next
 * number can be made once. So of many that wait one gets it.
 *
 * <p>What is not promised: a holder that was suspended, or without its file system, for a minute
 * and then wakes up may still write until it notices that it lost the lease, which it does with its
 * next beat; what a file system shows late it notices late.
 */
public final class Lease {

    /** How long to wait for a lease: longer than a dead holder keeps it. */
    public static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Duration BEAT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final long POLL_MILLISECONDS = 200;
    private static final String NAME = "%06d";

    private final Path folder;
    private final int number;
    private final Duration beat;
    private final Duration silence;
    private final Consumer<String> lost;
    private final Thread beating;
    private LeaseHolder holder;
    private boolean closed;

    private Lease(
            Path folder,
            int number,
            LeaseHolder holder,
            Duration beat,
            Duration silence,
            Consumer<String> lost) {
        this.folder = folder;
        this.number = number;
        this.holder = holder;
        this.beat = beat;
        this.silence = silence;
        this.lost = lost;
        beating = new Thread(this::beat, "lease of " + folder.getFileName());
        beating.setDaemon(true);
    }

    /**
     * Works while nobody else has the lease; waits for it first where somebody has.
     *
     * @param folder the folder of its files, which nothing else is in; made where it is missing
     * @param what what is worked on, for people
     * @param patience how long to wait for somebody else, see {@link #PATIENCE}
     * @param lost takes a line where the lease is lost meanwhile: the work must end at once
     * @param work the work
     * @param <T> what comes of it
     * @return what the work returns
     * @throws LeaseTakenException if somebody else has it after all that time; nothing was done
     * @throws StoppedException if this process is asked to stop while it waits
     * @throws IOException if the files cannot be read or written, or from the work
     */
    public static <T> T holding(
            Path folder,
            String what,
            Duration patience,
            Consumer<String> lost,
            FolderLock.Work<T> work)
            throws IOException {
        Lease lease = take(folder, what, patience, BEAT, SILENCE, lost);
        try {
            return work.run();
        } finally {
            lease.release();
        }
    }

    /** Takes a lease that is written and given up at other times than usual. */
    static Lease take(
            Path folder,
            String what,
            Duration patience,
            Duration beat,
            Duration silence,
            Consumer<String> lost)
            throws IOException {
        Files.createDirectories(folder);
        LeaseHolder here = LeaseHolder.here(UUID.randomUUID().toString());
        long begun = System.nanoTime();
        String seen = "";
        long since = begun;
        while (true) {
            int newest = newest(folder);
            String text = newest == 0 ? "" : text(file(folder, newest));
            long now = System.nanoTime();
            if (!seen.equals(newest + text)) {
                seen = newest + text;
                since = now;
            }
            Optional<LeaseHolder> there = LeaseHolder.parse(text);
            boolean free =
                    newest == 0
                            || there.map(one -> one.released() || one.hasEnded()).orElse(false)
                            || now - since > silence.toNanos();
            if (free && make(file(folder, newest + 1), here.text())) {
                Lease lease = new Lease(folder, newest + 1, here, beat, silence, lost);
                lease.beating.start();
                return lease;
            }
            if (!free && now - begun > patience.toNanos()) {
                throw new LeaseTakenException(
                        "%s: expected nobody else to work on it, found %s at work"
                                .formatted(what, there.map(Lease::words).orElse("somebody")));
            }
            pause(folder);
        }
    }

    private static String words(LeaseHolder holder) {
        return "process %d on %s".formatted(holder.pid(), holder.host());
    }

    private static void pause(Path folder) throws IOException {
        StopSignal.check();
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + folder, e);
        }
    }

    private static Path file(Path folder, int number) {
        return folder.resolve(NAME.formatted(number));
    }

    private static int newest(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d{6,9}"))
                    .mapToInt(Integer::parseInt)
                    .max()
                    .orElse(0);
        }
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            // It is being written anew.
            return "";
        }
    }

    /** Returns whether the file was made: one that exists is somebody else's. */
    private static boolean make(Path file, String text) throws IOException {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private void beat() {
        long written = System.nanoTime();
        while (true) {
            try {
                TimeUnit.MILLISECONDS.sleep(beat.toMillis());
            } catch (InterruptedException e) {
                return;
            }
            synchronized (this) {
                if (closed) {
                    return;
                }
                if (isLost()) {
                    closed = true;
                    break;
                }
                try {
                    holder = holder.withBeat(holder.beat() + 1);
                    WholeFile.write(file(folder, number), holder.text());
                    written = System.nanoTime();
                } catch (IOException e) {
                    // Perhaps the next one can be written.
                    if (System.nanoTime() - written > silence.toNanos()) {
                        closed = true;
                        break;
                    }
                }
            }
        }
        lost.accept(
                "%s: somebody else took over, as nothing was heard of this process for %d s"
                        .formatted(folder, silence.toSeconds()));
    }

    /** Asked of the very file: a list of files may be an old one. */
    private boolean isLost() {
        return Files.exists(file(folder, number + 1));
    }

    /** Gives the lease back. */
    void release() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            if (!isLost()) {
                WholeFile.write(file(folder, number), holder.asReleased().text());
            }
        }
        beating.interrupt();
    }
}
