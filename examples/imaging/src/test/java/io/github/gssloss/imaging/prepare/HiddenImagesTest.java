/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.nifti.NiftiImage;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A case of which an image is hidden is another case, in the cache too. */
class HiddenImagesTest extends CaseCacheFixture {

    private CaseFiles hidden;

    /** Flair alone reaches into the corner of the volume, so that the box depends on it. */
    @BeforeEach
    void letFlairBeTheLargest() {
        Path flair = files.images().get(Brats.FLAIR);
        NiftiImage image = NiftiReader.read(flair);
        image.data()[0] = 7;
        NiftiWriter.write(flair, image.header(), image.data());
        expected = PREPARATION.prepare(files);
        hidden = files.without(Set.of(Brats.FLAIR));
    }

    @Test
    void theBoxIsThatOfTheImagesThatAreLeft() {
        PreparedCase less = PREPARATION.prepare(hidden);

        assertThat(expected.box()).isEqualTo(new BoundingBox(0, 0, 0, 8, 8, 11));
        assertThat(less.box()).isEqualTo(new BoundingBox(1, 2, 3, 7, 6, 8));
        assertThat(less.modalities()).containsExactly(Brats.T1CE, Brats.T1, Brats.T2);
        assertThat(Arrays.copyOf(less.images(), less.box().voxels())).containsOnly(0);
        // Standardised over its own foreground.
        float[] t1ce =
                Arrays.copyOfRange(less.images(), less.box().voxels(), 2 * less.box().voxels());
        double mean = 0;
        double squares = 0;
        for (float value : t1ce) {
            mean += value / t1ce.length;
            squares += (double) value * value / t1ce.length;
        }
        assertThat(mean).isBetween(-1e-6, 1e-6);
        assertThat(squares).isBetween(1 - 1e-5, 1 + 1e-5);
    }

    @Test
    void neitherIsTakenForTheOther() throws IOException {
        CaseCache cache = new CaseCache(cacheFolder, PREPARATION);
        PreparedCase less = PREPARATION.prepare(hidden);
        // Each is prepared, then taken from the cache.
        for (int i = 0; i < 2; i++) {
            assertSame(cache.open(files), expected);
            assertSame(cache.open(hidden), less);
        }
        assertThat(cached()).hasSize(2);
        assertThat(cache.key(hidden)).isNotEqualTo(cache.key(files));
        assertThat(cache.key(files.without(Set.of(Brats.T2)))).isNotEqualTo(cache.key(hidden));

        cacheFolder = newFolder();
        CaseCache other = new CaseCache(cacheFolder, PREPARATION);
        for (int i = 0; i < 2; i++) {
            assertSame(other.open(hidden), less);
            assertSame(other.open(files), expected);
        }
    }
}
