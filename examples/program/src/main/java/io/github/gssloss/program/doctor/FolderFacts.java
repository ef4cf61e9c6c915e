/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.doctor;

import io.github.gssloss.files.ByteSize;
import io.github.gssloss.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a folder of the program's caches can be written and has room. */
final class FolderFacts {

    /** A full-size case takes tens of megabytes, the natives half a gigabyte. */
    private static final long LITTLE = 2_000_000_000L;

    private FolderFacts() {}

    /**
     * Looks at a folder, which is made where it is missing.
     *
     * @param check what it is for
     * @param folder the folder
     * @param other how the user names another folder
     */
    static Finding of(String check, Path folder, String other) {
        long free;
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".written", WholeFile.TEMPORARY));
            free = Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return Finding.problem(
                    check,
                    folder + " cannot be written (" + Finding.message(e) + ")",
                    "make it writable, or name another one: " + other);
        }
        return room(check, folder, free, other);
    }

    /** A folder that can be written, with so many bytes free. */
    static Finding room(String check, Path folder, long free, String other) {
        String found = "%s, writable, %s free".formatted(folder, ByteSize.text(free));
        return free < LITTLE
                ? Finding.note(check, found, "make room, or name another folder: " + other)
                : Finding.ok(check, found);
    }
}
