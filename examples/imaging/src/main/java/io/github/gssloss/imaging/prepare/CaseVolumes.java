/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Modality;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The images of a case on its grid, and which voxels are foreground. */
final class CaseVolumes {

    private static final Logger LOG = LoggerFactory.getLogger(CaseVolumes.class);

    private final Map<Modality, float[]> images = new TreeMap<>();
    private final ForegroundMask mask;

    /**
     * Reads the images.
     *
     * @param grid the grid of the case
     * @param files the case
     * @param foreground what foreground is
     * @throws UserInputException one line that names case and file where one cannot be used
     */
    CaseVolumes(CaseGrid grid, CaseFiles files, Foreground foreground) {
        mask = new ForegroundMask(foreground, grid.geometry().size());
        files.images()
                .forEach(
                        (modality, file) -> {
                            CaseGrid.Volume volume = grid.volume(file);
                            check(volume.values(), grid, files, file, foreground);
                            mask.add(volume.nearest());
                            images.put(modality, volume.values());
                        });
    }

    private static void check(
            float[] values, CaseGrid grid, CaseFiles files, Path file, Foreground foreground) {
        foreground
                .doubt(values, grid.geometry().size())
                .ifPresent(doubt -> LOG.warn("{}: {}", file, doubt));
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new UserInputException(
                        "case %s: %s holds %s, expected finite intensities"
                                .formatted(files.name(), file.getFileName(), value));
            }
        }
    }

    /** The images by modality, (x, y, z) in C order; the map itself, so that it can be emptied. */
    Map<Modality, float[]> images() {
        return images;
    }

    /** The voxels that are foreground in one image or more. */
    ForegroundMask mask() {
        return mask;
    }
}
