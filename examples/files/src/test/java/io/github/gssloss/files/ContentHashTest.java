/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ContentHashTest {

    // By sha256sum.
    private static final String ABC =
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String ABD =
            "a52d159f262b2c6ddb724a61840befc36eb30c88877a4030b65cbe86298449c9";
    private static final FileTime ONCE = FileTime.from(Instant.parse("2020-09-13T12:26:40Z"));

    @TempDir private Path folder;
    private Path memory;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        memory = folder.resolve("memory.txt");
        file = write("a/file", "abc");
    }

    private Path write(String name, String text) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return Files.setLastModifiedTime(path, ONCE);
    }

    /** What was written just now counts as settled. */
    private ContentHash later() {
        Instant later = Instant.now().plusSeconds(3);
        return new ContentHash(memory, InstantSource.fixed(later));
    }

    @Test
    void aFileIsReadOnce() throws IOException {
        assertThat(later().of(file)).isEqualTo(ABC);
        assertThat(memory).content().hasLineCount(1).startsWith(ABC + " ");

        String other = "0".repeat(64);
        Files.writeString(memory, Files.readString(memory).replace(ABC, other));
        assertThat(later().of(file)).isEqualTo(other);
        Files.setLastModifiedTime(file, FileTime.fromMillis(ONCE.toMillis() + 1));
        assertThat(later().of(file)).isEqualTo(ABC);
    }

    /** The files of stale_a and stale_b: one name, size and time of change. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no time of change but that of the content")
    void dataChangedBehindTheCacheIsReadAgain() throws IOException {
        ContentHash hash = later();
        assertThat(hash.of(file)).isEqualTo(ABC);
        Path other = write("b/file", "abd");
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

        assertThat(Files.size(file)).isEqualTo(3);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(ONCE);
        assertThat(hash.of(file)).isEqualTo(ABD);
        Files.writeString(file, "abc");
        Files.setLastModifiedTime(file, ONCE);
        assertThat(hash.of(file)).isEqualTo(ABC);
    }

    @Test
    void whatMayStillChangeWithinTheClocksStepIsNotRemembered() throws IOException {
        Instant now = Files.getLastModifiedTime(write("new", "abc")).toInstant().plusMillis(1900);
        ContentHash hash = new ContentHash(memory, InstantSource.fixed(now));

        assertThat(hash.of(folder.resolve("new"))).isEqualTo(ABC);
        assertThat(memory).doesNotExist();
    }

    @Test
    void aMemoryThatIsDamagedOrCannotBeWrittenIsNone() throws IOException {
        Files.write(memory, new byte[] {(byte) 0xff, 0, '\n'});
        assertThat(later().of(file)).isEqualTo(ABC);
        memory = folder.resolve("no/such/folder");
        assertThat(later().of(file)).isEqualTo(ABC);
        assertThat(memory).doesNotExist();
    }
}
