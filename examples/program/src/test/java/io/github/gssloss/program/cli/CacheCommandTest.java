/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.files.CacheFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheCommandTest {

    @TempDir private Path folder;
    private final CommandHarness gss = new CommandHarness();

    private void entry(String name, int bytes, LocalDateTime used) throws IOException {
        Path file = Files.write(folder.resolve(name + ".gsscase"), new byte[bytes]);
        Files.setLastModifiedTime(
                file, FileTime.from(used.atZone(ZoneId.systemDefault()).toInstant()));
    }

    @Test
    void isShownAndCleared() throws IOException {
        entry("a", 1_000_000, LocalDateTime.of(2026, 11, 27, 8, 30, 5));
        entry("b", 340_000, LocalDateTime.of(2026, 3, 1, 23, 59));
        String option = "--cache=" + folder;

        assertThat(gss.run("cache", option)).isZero();
        List<String> lines = gss.out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).strip().split("  +", -1))
                .containsExactly("folder", "cases", "size", "oldest use", "newest use");
        assertThat(lines.get(1).split("  +", -1))
                .containsExactly(
                        folder.toString(), "2", "1.3 MB", "2026-03-01 23:59", "2026-11-27 08:30");

        assertThat(gss.run("cache", "--clear", option)).isZero();
        assertThat(gss.out().strip())
                .isEqualTo("2 prepared cases removed from " + folder + ", 1.3 MB");
        assertThat(folder).isEmptyDirectory();
        assertThat(gss.run("cache", option)).isZero();
        assertThat(gss.out().lines().toList().get(1).split("  +", -1))
                .containsExactly(folder.toString(), "0", "0.0 kB", "-", "-");
    }

    @Test
    void isTheUsersUnlessNamed() {
        assertThat(gss.run("cache")).isZero();
        assertThat(gss.out()).contains(CacheFolder.standard().toString());
        assertThat(gss.run("cache", "--cache", "none")).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly("gss cache: --cache none: expected a folder, got nothing there");
        assertThat(gss.run("cache", "--help")).isZero();
        assertThat(gss.out()).contains("%LOCALAPPDATA%\\gss\\cache");
    }
}
