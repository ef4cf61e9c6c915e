/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Volumes on another grid against voxels that are looked up one by one. */
class ResamplingTest {

    @TempDir private Path folder;

    /** The value at a place in voxels of a volume, linear between the eight centres around it. */
    private static double plain(float[] volume, int[] shape, double[] place) {
        double sum = 0;
        for (int corner = 0; corner < 8; corner++) {
            double weight = 1;
            int at = 0;
            for (int axis = 0; axis < 3; axis++) {
                double inside = Math.max(0, Math.min(shape[axis] - 1, place[axis]));
                int below = (int) Math.floor(inside);
                boolean upper = (corner >> axis & 1) == 1;
                weight *= upper ? inside - below : 1 - (inside - below);
                at = at * shape[axis] + Math.min(upper ? below + 1 : below, shape[axis] - 1);
            }
            sum += weight * volume[at];
        }
        return sum;
    }

    @Test
    void agreesWithVoxelsLookedUpOneByOne() {
        SplittableRandom random = new SplittableRandom(6);
        for (int round = 0; round < 300; round++) {
            int[] from = {1 + random.nextInt(7), 1 + random.nextInt(7), 1 + random.nextInt(7)};
            int[] to = {1 + random.nextInt(9), 1 + random.nextInt(9), 1 + random.nextInt(9)};
            float[] volume = new float[Extents.voxels(from)];
            byte[] classes = new byte[volume.length];
            for (int v = 0; v < volume.length; v++) {
                volume[v] = random.nextInt(-50, 50);
                classes[v] = (byte) random.nextInt(-1, 5);
            }
            Resampling resampling = new Resampling(from, to);
            float[] linear = resampling.linear(volume);
            byte[] nearest = resampling.nearest(classes);
            int at = 0;
            for (int x = 0; x < to[0]; x++) {
                for (int y = 0; y < to[1]; y++) {
                    for (int z = 0; z < to[2]; z++, at++) {
                        int[] voxel = {x, y, z};
                        double[] place = new double[3];
                        int source = 0;
                        for (int axis = 0; axis < 3; axis++) {
                            double centre = (voxel[axis] + 0.5) * from[axis] / to[axis];
                            place[axis] = centre - 0.5;
                            source = source * from[axis] + (int) Math.floor(centre);
                        }
                        assertThat((double) linear[at])
                                .isCloseTo(plain(volume, from, place), within(1e-3));
                        assertThat(nearest[at]).isEqualTo(classes[source]);
                    }
                }
            }
            assertThat(resampling.back(nearest)).hasSameSizeAs(classes);
            if (to[0] >= from[0] && to[1] >= from[1] && to[2] >= from[2]) {
                assertThat(resampling.back(nearest)).containsExactly(classes);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "stored, 0.7, 0.7, 12, 100, 90, 5",
        "1.4, 0.7, 0.7, 12, 50, 45, 5",
        "0.35, 12, 0.7, 0.7, 100, 180, 10",
        "2, 1, 1, 1, 50, 45, 3",
        "1x1x4, 0.5, 0.5, 2, 50, 45, 3",
    })
    void theAxisOfTheSlicesStaysUnlessItIsNamed(
            String spacing, float x, float y, float z, int toX, int toY, int toZ) {
        int[] shape = {100, 90, 5};
        Resampling resampling = WorkingSpacing.parse(spacing).of(shape, new float[] {x, y, z});
        assertThat(resampling.shape()).containsExactly(toX, toY, toZ);
        assertThat(resampling.isNone()).isEqualTo(spacing.equals("stored"));
    }

    /** Files of 1 x 1.5 x 2 mm: along y they become finer, and results lie on their own grid. */
    @Test
    void aCaseIsPreparedOnTheWorkingGridAndGoesBack() {
        CaseFiles files =
                SyntheticCase.write(
                        folder, "A", new int[] {9, 8, 7}, new BoundingBox(1, 1, 1, 7, 6, 5), 4);
        CasePreparation stored = new CasePreparation(Brats.BRATS2020, 4);
        CasePreparation fine = stored.with(WorkingSpacing.parse("1x0.75x2"));
        PreparedCase prepared = new CaseCache(folder.resolve("cache"), fine).open(files);

        assertThat(prepared.shape()).containsExactly(7, 12, 5);
        assertThat(prepared.volumeShape()).containsExactly(9, 8, 7);
        assertThat(prepared.spacing()).containsExactly(1, 1.5f, 2);
        assertThat(prepared.inVolume(prepared.labels()))
                .containsExactly(TrueClasses.read(files, Brats.BRATS2020));
        assertThat(new CaseCache(folder.resolve("cache"), fine).open(files).images())
                .containsExactly(fine.prepare(files).images());
        assertThat(fine.record().fields()).containsEntry("spacing", "1.0x0.75x2.0 mm");
        assertThat(stored.record().fields()).containsEntry("spacing", "as stored");
        double sum = 0;
        for (float value : Arrays.copyOf(prepared.images(), 7 * 12 * 5)) {
            sum += value;
        }
        assertThat(sum / (7 * 12 * 5)).isCloseTo(0, within(1e-4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fine", "1x1", "0", "-1", "1x1x0", "NaN"})
    void refusesWhatIsNoSpacing(String text) {
        assertThatThrownBy(() -> WorkingSpacing.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected " + WorkingSpacing.EXPECTED + ", got '");
    }
}
