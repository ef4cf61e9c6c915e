/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.bench;

import io.github.gssloss.examples.data.CaseCache;
import io.github.gssloss.examples.data.CaseFiles;
import io.github.gssloss.examples.data.CasePreparation;
import io.github.gssloss.examples.data.LabelSet;
import io.github.gssloss.examples.data.PreparedCase;
import io.github.gssloss.examples.phantom.PhantomCohort;
import io.github.gssloss.examples.phantom.PhantomSettings;
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
     * @throws io.github.gssloss.examples.UserInputException if a case cannot be used
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
