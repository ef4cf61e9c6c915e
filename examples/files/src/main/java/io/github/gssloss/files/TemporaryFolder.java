/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A folder for files that this process alone needs. It is removed when the process ends, also by
 * {@link StopSignal}; only a process that is killed leaves it.
 */
public final class TemporaryFolder {

    private static final Set<TemporaryFolder> ALL = ConcurrentHashMap.newKeySet();

    private final Path path;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes a folder where the system keeps such, which {@code java.io.tmpdir} names.
     *
     * @param prefix what its name begins with
     * @return the folder, which its owner alone can read where the system knows owners
     * @throws IOException if it cannot be made
     */
    public static TemporaryFolder create(String prefix) throws IOException {
        TemporaryFolder folder = new TemporaryFolder(Files.createTempDirectory(prefix));
        folder.path.toFile().deleteOnExit();
        ALL.add(folder);
        return folder;
    }

    /**
     * Returns the folder.
     *
     * @return an absolute path
     */
    public Path path() {
        return path;
    }

    /**
     * Names a file of the folder that is to be written.
     *
     * @param name its path within the folder; the folders on the way are made
     * @return the file, which does not exist
     * @throws IOException if a folder cannot be made
     */
    public Path file(String name) throws IOException {
        Path file = path.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Path within = path.relativize(file);
        for (int depth = 1; depth <= within.getNameCount(); depth++) {
            // Java removes in the opposite order: first what a folder holds.
            path.resolve(within.subpath(0, depth)).toFile().deleteOnExit();
        }
        return file;
    }

    /** Removes the folder with all that it holds; what cannot be removed stays. */
    public void remove() {
        ALL.remove(this);
        try (Stream<Path> inside = Files.walk(path)) {
            for (Path one : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        } catch (IOException | UncheckedIOException e) {
            // The system removes such folders in time.
            path.toFile().deleteOnExit();
        }
    }

    /** Removes the folders of this process, where it ends without Java's own way to do it. */
    static void removeAll() {
        List.copyOf(ALL).forEach(TemporaryFolder::remove);
    }
}
