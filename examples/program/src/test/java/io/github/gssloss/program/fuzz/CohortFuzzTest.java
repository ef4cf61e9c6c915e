/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Cohort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Folders of files with random names: whatever looks like an image is in a case or is named. */
class CohortFuzzTest {

    private static final int FOLDERS = Integer.getInteger("gss.fuzz", 1500) / 10;

    private static final List<String> PARTS =
            List.of(
                    "A", "a", "B 1", "_flair", "_FLAIR", "-t2f", "_t1", "_seg", "seg", ".nii",
                    ".nii.gz", ".NII.GZ", ".hdr", ".", "..x", "%s", "\u00e9", "_t1ce");

    @TempDir private Path folder;

    @Test
    @Timeout(600)
    void everyImageIsInACaseOrNamed() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        int named = 0;
        int used = 0;
        for (int i = 0; i < FOLDERS; i++) {
            Path data = Files.createDirectory(folder.resolve("data" + i));
            Set<Path> images = new HashSet<>();
            for (int f = random.nextInt(8); f >= 0; f--) {
                Path file = file(data, random);
                if (canBeMade(data, file)) {
                    Files.createDirectories(file.resolveSibling(""));
                    Files.createFile(file);
                    if (file.toString().toLowerCase(Locale.ROOT).matches(".*\\.nii(\\.gz)?")) {
                        images.add(file);
                    }
                }
            }
            Cohort found = Cohort.find(data);
            List<String> lines = new ArrayList<>(found.problems());
            lines.addAll(found.skipped());
            assertThat(lines).allSatisfy(line -> assertThat(line).hasLineCount(1));
            for (CaseFiles one : found.cases()) {
                for (Path file :
                        Stream.concat(one.images().values().stream(), one.segmentation().stream())
                                .toList()) {
                    assertThat(images.remove(file)).as("%s", file).isTrue();
                    used++;
                }
            }
            for (Path file : images) {
                // Of the files of a case that cannot be used, and of many, the folder is named.
                String home = file.getParent().toString();
                String name = "case " + file.getParent().getFileName() + ": ";
                assertThat(lines)
                        .as("%s", file)
                        .anyMatch(line -> line.contains(home) || line.startsWith(name));
                named++;
            }
        }
        assertThat(named).isGreaterThan(FOLDERS / 2);
        assertThat(used).isGreaterThan(FOLDERS / 10);
    }

    /** Whether it is not there, and none of the folders on its way is a file. */
    private static boolean canBeMade(Path data, Path file) {
        boolean free = !Files.exists(file);
        for (Path on = file.getParent(); !on.equals(data); on = on.getParent()) {
            free &= !Files.isRegularFile(on);
        }
        return free;
    }

    /** A name for a file at most four folders below another. */
    private static Path file(Path data, SplittableRandom random) {
        Path path = data;
        for (int level = random.nextInt(4); level >= 0; level--) {
            StringBuilder name = new StringBuilder("x");
            for (int p = random.nextInt(4); p >= 0; p--) {
                name.append(PARTS.get(random.nextInt(PARTS.size())));
            }
            path = path.resolve(name.toString());
        }
        return path;
    }
}
