/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AugmentationTest {

    private static final int[] SIZE = {9, 12, 7};
    private static final int VOXELS = 9 * 12 * 7;

    private static Crop crop(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] images = new float[4 * VOXELS];
        byte[] labels = new byte[VOXELS];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextDouble(-2, 3);
            labels[i % VOXELS] = (byte) random.nextInt(1, 4);
        }
        return new Crop(images, labels, SIZE);
    }

    private static int at(int... voxel) {
        return (voxel[0] * SIZE[1] + voxel[1]) * SIZE[2] + voxel[2];
    }

    /**
     * The definition: each output voxel looks back along the rotation about the centre, and takes
     * the nearest voxel of that point, if the point is inside. Returns the voxel's index or -1.
     */
    private static int lookBack(int degrees, int a, int b, int... voxel) {
        double angle = Math.PI * degrees / 180;
        double fromCentreA = voxel[a] - (SIZE[a] - 1) / 2.0;
        double fromCentreB = voxel[b] - (SIZE[b] - 1) / 2.0;
        double pointA =
                Math.cos(angle) * fromCentreA + Math.sin(angle) * fromCentreB + (SIZE[a] - 1) / 2.0;
        double pointB =
                -Math.sin(angle) * fromCentreA
                        + Math.cos(angle) * fromCentreB
                        + (SIZE[b] - 1) / 2.0;
        if (pointA < 0 || pointA > SIZE[a] - 1 || pointB < 0 || pointB > SIZE[b] - 1) {
            return -1;
        }
        int[] source = voxel.clone();
        source[a] = (int) Math.round(pointA);
        source[b] = (int) Math.round(pointB);
        return at(source);
    }

    @ParameterizedTest
    @CsvSource({"0,0,1", "1,1,2", "2,0,2"})
    void rotatesAsTheDefinitionSays(int plane, int a, int b) {
        for (int degrees = Rotation.MIN_DEGREES; degrees <= Rotation.MAX_DEGREES; degrees++) {
            Crop before = crop(degrees);
            Crop after = crop(degrees);
            new Rotation(degrees, plane).apply(after);
            int outside = 0;
            for (int v = 0; v < VOXELS; v++) {
                int[] voxel = {v / (SIZE[1] * SIZE[2]), v / SIZE[2] % SIZE[1], v % SIZE[2]};
                int from = lookBack(degrees, a, b, voxel);
                outside += from < 0 ? 1 : 0;
                assertThat(after.labels()[v])
                        .isEqualTo(from < 0 ? (byte) 0 : before.labels()[from]);
                for (int m = 0; m < 4; m++) {
                    assertThat(after.images()[m * VOXELS + v])
                            .isEqualTo(from < 0 ? -1 : before.images()[m * VOXELS + from]);
                }
            }
            assertThat(outside > 0).isEqualTo(degrees != 0);
        }
    }

    @Test
    void rotatesAQuarterTurnFromTheFirstAxisOfThePlaneAwayFromTheSecond() {
        // scipy.ndimage.rotate([[1, 2], [3, 4]], 90, axes=(0, 1)) gives [[2, 4], [1, 3]].
        Crop crop = new Crop(new float[] {1, 2, 3, 4}, new byte[] {1, 2, 3, 4}, 2, 2, 1);
        new Rotation(90, 0).apply(crop);
        assertThat(crop.images()).containsExactly(2, 4, 1, 3);
        assertThat(crop.labels()).containsExactly(2, 4, 1, 3);
    }

    @Test
    void changesTheIntensityOfEachSliceOnItsOwn() {
        Crop before = crop(3);
        Crop after = crop(3);
        float[] scales = new float[4 * SIZE[0]];
        float[] shifts = new float[4 * SIZE[0]];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = 1 + i / 500f;
            shifts[i] = i / 1000f;
        }
        new IntensityChange(scales, shifts).apply(after);
        for (int m = 0; m < 4; m++) {
            for (int x = 0; x < SIZE[0]; x++) {
                for (int rest = 0; rest < SIZE[1] * SIZE[2]; rest++) {
                    int i = m * VOXELS + at(x, 0, 0) + rest;
                    assertThat(after.images()[i])
                            .isEqualTo(before.images()[i] * scales[m * 9 + x] + shifts[m * 9 + x]);
                }
            }
        }
        assertThat(after.labels()).isEqualTo(before.labels());
    }

    @Test
    void drawsScalesAndShiftsFromTheirWholeIntervals() {
        // On an image of ones and one of zeros the change shows its scale and shift.
        int slices = 5000;
        IntensityChange change = IntensityChange.draw(new SplittableRandom(5), 1, slices);
        Crop zeros = new Crop(new float[slices], new byte[slices], slices, 1, 1);
        Crop ones = new Crop(new float[slices], new byte[slices], slices, 1, 1);
        Arrays.fill(ones.images(), 1);
        change.apply(zeros);
        change.apply(ones);
        double[] shifts = new double[slices];
        double[] scales = new double[slices];
        for (int i = 0; i < slices; i++) {
            shifts[i] = zeros.images()[i];
            scales[i] = ones.images()[i] - zeros.images()[i];
        }
        assertUniform(shifts, -0.1, 0.1);
        assertUniform(scales, 0.9, 1.1);
        assertThat(correlation(shifts, scales)).isBetween(-0.05, 0.05);
    }

    private static void assertUniform(double[] values, double low, double high) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance =
                Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        double width = high - low;
        assertThat(Arrays.stream(values).min().orElseThrow())
                .isBetween(low - 1e-6, low + 0.01 * width);
        assertThat(Arrays.stream(values).max().orElseThrow())
                .isBetween(high - 0.01 * width, high + 1e-6);
        assertThat(mean)
                .isBetween((low + high) / 2 - 0.02 * width, (low + high) / 2 + 0.02 * width);
        assertThat(variance * 12 / (width * width)).isBetween(0.95, 1.05);
    }

    private static double correlation(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElseThrow();
        double meanB = Arrays.stream(b).average().orElseThrow();
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }

    @Test
    void reversesEveryCombinationOfAxes() {
        for (int bits = 0; bits < 8; bits++) {
            boolean[] axes = {(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0};
            Crop before = crop(bits);
            Crop after = crop(bits);
            new Flip(axes).apply(after);
            for (int v = 0; v < VOXELS; v++) {
                int[] voxel = {v / (SIZE[1] * SIZE[2]), v / SIZE[2] % SIZE[1], v % SIZE[2]};
                for (int axis = 0; axis < 3; axis++) {
                    voxel[axis] = axes[axis] ? SIZE[axis] - 1 - voxel[axis] : voxel[axis];
                }
                assertThat(after.labels()[v]).isEqualTo(before.labels()[at(voxel)]);
                for (int m = 0; m < 4; m++) {
                    assertThat(after.images()[m * VOXELS + v])
                            .isEqualTo(before.images()[m * VOXELS + at(voxel)]);
                }
            }
        }
    }

    @Test
    void drawsAllAnglesPlanesAndFlipsEquallyOften() {
        int[] turns = new int[20 * Rotation.PLANES];
        int[] flips = new int[8];
        int draws = 24_000;
        for (int i = 0; i < draws; i++) {
            Rotation rotation = Rotation.draw(Seeds.generator(1, i), SIZE);
            turns[(rotation.degrees() + 10) * Rotation.PLANES + rotation.plane()]++;
            Flip flip = Flip.draw(Seeds.generator(2, i));
            flips[
                    (flip.reverses(0) ? 4 : 0)
                            + (flip.reverses(1) ? 2 : 0)
                            + (flip.reverses(2) ? 1 : 0)]++;
        }
        // Four standard deviations about the expected 400 and 3000.
        assertThat(Arrays.stream(turns)).allMatch(n -> n > 320 && n < 480);
        assertThat(Arrays.stream(flips)).allMatch(n -> n > 2795 && n < 3205);
    }

    @Test
    void paperIsRotationThenIntensityThenFlips() {
        Crop expected = crop(8);
        SplittableRandom random = new SplittableRandom(77);
        Rotation.draw(random, SIZE).apply(expected);
        IntensityChange.draw(random, 4, SIZE[0]).apply(expected);
        Flip.draw(random).apply(expected);
        Crop got = crop(8);
        Augmentation.PAPER.apply(got, new SplittableRandom(77));
        assertThat(got.images()).isEqualTo(expected.images());
        assertThat(got.labels()).isEqualTo(expected.labels());
        Set<Integer> results = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            Crop other = crop(8);
            Augmentation.PAPER.apply(other, new SplittableRandom(seed));
            results.add(Arrays.hashCode(other.images()));
        }
        assertThat(results).hasSize(50);
    }

    @Test
    void noneLeavesTheCropAsItIs() {
        Crop crop = crop(8);
        Augmentation.NONE.apply(crop, new SplittableRandom(77));
        assertThat(crop.images()).isEqualTo(crop(8).images());
        assertThat(crop.labels()).isEqualTo(crop(8).labels());
    }
}
