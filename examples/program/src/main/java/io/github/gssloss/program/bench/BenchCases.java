/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.bench;

import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.imaging.prepare.CaseCache;
import io.github.gssloss.imaging.prepare.CasePreparation;
import io.github.gssloss.imaging.prepare.PreparedCase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The cases that the loader is measured on. */
public final class BenchCases {

    private static final int PHANTOMS = 2;
    private static final int SEED = 7;

    private BenchCases() {}

    /**
     * Prepares the cases of a folder, or takes them from the cache.
     *
     * @param data a folder of complete BraTS cases
     * @param cache the folder of the prepared cases
     * @param crop the side of the crops
     * @param workers how many are prepared at a time
     * @return the cases
     * @throws io.github.gssloss.files.UserInputException if a case cannot be used
     */
    public static List<PreparedCase> of(Path data, Path cache, int crop, int workers) {
        List<CaseFiles> files =
                CaseFiles.find(data).stream().map(CaseFiles::requireComplete).toList();
        CasePreparation preparation =
                new CasePreparation(LabelSet.BRATS2020, new int[] {crop, crop, crop});
        return new CaseCache(cache, preparation).openAll(files, workers, (done, all, name) -> {});
    }

    /**
     * Makes two phantoms of the size of BraTS volumes, where they are not there yet.
     *
     * @param folder the folder of the phantoms
     * @return the folder
     */
    public static Path phantoms(Path folder) {
        if (!Files.exists(folder)) {
            PhantomCohort.write(folder, PHANTOMS, PhantomSettings.ofSeed(SEED), done -> {});
        }
        return folder;
    }
}
