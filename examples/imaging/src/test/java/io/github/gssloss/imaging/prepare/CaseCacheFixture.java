/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A case, what its preparation gives, and a folder for a cache that is not there yet. */
class CaseCacheFixture {

    static final CasePreparation PREPARATION = new CasePreparation(Brats.BRATS2020, 6);

    @TempDir Path folder;
    Path cacheFolder;
    CaseFiles files;
    PreparedCase expected;

    @BeforeEach
    void writeCase() throws IOException {
        files = write("A", 1);
        expected = PREPARATION.prepare(files);
        cacheFolder = newFolder();
    }

    /**
     * Windows deletes no file that is mapped, so the caches lie where the next clean finds them.
     */
    static Path newFolder() throws IOException {
        Path parent = Files.createDirectories(Path.of("target", "case-caches"));
        return Files.createTempDirectory(parent, "cache").resolve("made").resolve("here");
    }

    final CaseFiles write(String name, long seed) {
        return SyntheticCase.write(
                folder.resolve("data"),
                name,
                new int[] {9, 10, 11},
                new BoundingBox(1, 2, 3, 7, 6, 8),
                seed);
    }

    final PreparedCase open() {
        return new CaseCache(cacheFolder, PREPARATION).open(files);
    }

    final List<Path> cached() throws IOException {
        try (Stream<Path> listed = Files.list(cacheFolder)) {
            return listed.filter(file -> file.toString().endsWith(".gsscase")).toList();
        }
    }

    static void assertSame(PreparedCase got, PreparedCase wanted) {
        assertThat(got.name()).isEqualTo(wanted.name());
        assertThat(got.box()).isEqualTo(wanted.box());
        assertThat(got.volumeShape()).isEqualTo(wanted.volumeShape());
        assertThat(got.spacing()).isEqualTo(wanted.spacing());
        assertThat(got.files()).isEqualTo(wanted.files());
        assertThat(got.images()).isEqualTo(wanted.images());
        assertThat(got.hasLabels()).isEqualTo(wanted.hasLabels());
        if (wanted.hasLabels()) {
            assertThat(got.labels()).isEqualTo(wanted.labels());
        }
    }
}
