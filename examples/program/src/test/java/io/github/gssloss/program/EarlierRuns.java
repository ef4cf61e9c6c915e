/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What earlier versions of the program wrote, see earlier-runs/README.md. */
final class EarlierRuns {

    /** How the cases were evaluated then. */
    static final EvaluationSettings AS_THEN =
            new EvaluationSettings(
                    List.of(
                            Brats.BRATS2020.all(),
                            Brats.BRATS2020.subset("flair"),
                            Brats.BRATS2020.subset("t1ce+t2")),
                    0);

    private static final FileTime WRITTEN = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    private EarlierRuns() {}

    /**
     * Unpacks what a version wrote, with the times of then.
     *
     * @param commit the commit of the version
     * @param folder where to
     */
    static void unpack(String commit, Path folder) throws IOException {
        String resource = "/earlier-runs/" + commit + ".zip";
        try (InputStream file = EarlierRuns.class.getResourceAsStream(resource);
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry one = zip.getNextEntry(); one != null; one = zip.getNextEntry()) {
                Path path = folder.resolve(one.getName());
                Files.createDirectories(path.getParent());
                Files.copy(zip, path);
                Files.setLastModifiedTime(path, WRITTEN);
            }
        }
    }
}
