/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import ai.djl.util.Progress;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.prepare.CaseCache;
import io.github.gssloss.imaging.prepare.CasePreparation;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.program.config.RunSettings;
import java.nio.file.Path;
import java.util.List;

/** The cases of a data folder, prepared as a run wants them. */
final class Cohort {

    private Cohort() {}

    /**
     * Finds all cases of a folder and checks that they are complete, before any is prepared.
     *
     * @param data a BraTS folder
     */
    static List<CaseFiles> complete(Path data) {
        return CaseFiles.find(data).stream().map(CaseFiles::requireComplete).toList();
    }

    /**
     * Prepares cases or takes them from the cache.
     *
     * @param files the cases
     * @param settings labels and crop
     * @param cache the folder of the prepared cases
     * @param progress told about each case
     */
    static List<PreparedCase> open(
            List<CaseFiles> files, RunSettings settings, Path cache, Progress progress) {
        CaseCache cases = cache(settings, cache);
        progress.reset("Preparing cases", files.size());
        List<PreparedCase> opened =
                cases.openAll(
                        files,
                        settings.workers(),
                        (done, total, name) -> progress.update(done, name));
        progress.end();
        return opened;
    }

    /** Returns the cache of cases that are prepared as a run wants them. */
    static CaseCache cache(RunSettings settings, Path folder) {
        int[] crop = settings.crop().sides();
        return new CaseCache(folder, new CasePreparation(settings.labels(), crop));
    }
}
