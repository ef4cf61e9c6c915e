/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HausdorffDistanceTest {

    private static final boolean[] ONES = {false, true};
    private static final OptionalDouble AS_BRATS = OptionalDouble.of(373.13);

    @FunctionalInterface
    private interface Shape3d {
        boolean holds(int x, int y, int z);
    }

    private static final Shape3d BALL =
            (x, y, z) -> (x - 10) * (x - 10) + (y - 9) * (y - 9) + 2 * (z - 6) * (z - 6) <= 50;
    private static final Shape3d MOVED =
            (x, y, z) -> (x - 12) * (x - 12) + (y - 8) * (y - 8) + 3 * (z - 7) * (z - 7) <= 60;
    private static final Shape3d DOTS = (x, y, z) -> (7 * x + 5 * y + 3 * z) % 97 == 0;
    private static final Map<String, Shape3d> SHAPES =
            Map.of(
                    "ball",
                    BALL,
                    "moved",
                    MOVED,
                    "dots",
                    DOTS,
                    "border",
                    (x, y, z) -> x < 6 && y > 14,
                    "dotted",
                    (x, y, z) -> BALL.holds(x, y, z) || DOTS.holds(x, y, z),
                    "full",
                    (x, y, z) -> true);

    /**
     * The numbers were computed once with SciPy 1.10.1 and NumPy 1.24.2: surfaces as the mask xor
     * its binary_erosion (structure of 6 neighbours, border value 0), distances by
     * distance_transform_edt of the other surface's complement with sampling=spacing, then the
     * larger of the two numpy.percentile(distances, 95).
     */
    @ParameterizedTest
    @CsvSource({
        "moved,ball,1:1:1,2.449489742783178",
        "moved,ball,0.5:0.75:3,3.132491021535417",
        "moved,ball,2.5:1.25:0.5,4.689945847669675",
        "dots,ball,1:1:1,7.654996691066728",
        "dots,ball,0.5:0.75:3,7.84664832642105",
        "dots,ball,2.5:1.25:0.5,14.052346536380877",
        "border,moved,1:1:1,16.401219466856727",
        "border,moved,0.5:0.75:3,10.999281436998803",
        "border,moved,2.5:1.25:0.5,34.8209706929603",
        "dotted,moved,1:1:1,4.08496080173328",
        "dotted,moved,0.5:0.75:3,4.474264068711923",
        "dotted,moved,2.5:1.25:0.5,5.0",
        "full,ball,1:1:1,9.0",
        "full,ball,0.5:0.75:3,9.25",
        "full,ball,2.5:1.25:0.5,16.83290933175071",
    })
    void agreesWithSciPy(String first, String second, String spacing, double expected) {
        int[] shape = {24, 20, 14};
        Surface a = surface(shape, SHAPES.get(first));
        Surface b = surface(shape, SHAPES.get(second));
        float[] edges = numbers(spacing);

        assertThat(new HausdorffDistance(a, edges).to(b, AS_BRATS))
                .isCloseTo(expected, within(1e-12));
        assertThat(new HausdorffDistance(b, edges).to(a, AS_BRATS))
                .isCloseTo(expected, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 8:9:7, 1:1:1, 0.3, 0.3",
        "2, 8:9:7, 0.7:1.3:2.1, 0.1, 0.6",
        "3, 1:12:5, 3:0.5:0.9, 0.02, 0.02",
        "4, 6:1:1, 1.1:1:1, 0.5, 0.5",
        "5, 5:5:5, 0.2:5:0.2, 0.9, 0.03",
        "6, 13:4:11, 1:1:1, 0.01, 0.01",
    })
    void agreesWithAllPairsOfVoxels(
            long seed, String sizes, String spacing, double firstShare, double secondShare) {
        float[] extent = numbers(sizes);
        int[] shape = {(int) extent[0], (int) extent[1], (int) extent[2]};
        float[] edges = numbers(spacing);
        Random random = new Random(seed);
        byte[] truth = random(shape, random, firstShare);
        HausdorffDistance distance = new HausdorffDistance(Surface.of(truth, shape, ONES), edges);
        for (int i = 0; i < 5; i++) {
            // The truth's distances are kept from one prediction to the next and have to grow.
            byte[] prediction = random(shape, random, secondShare * (i + 1) / 5);
            prediction[random.nextInt(prediction.length)] = 1;

            assertThat(distance.to(Surface.of(prediction, shape, ONES), AS_BRATS))
                    .isCloseTo(plain(prediction, truth, shape, edges), within(1e-9));
        }
    }

    @Test
    void emptyMasks() {
        int[] shape = {4, 4, 4};
        Surface nothing = Surface.of(new byte[64], shape, ONES);
        Surface all = surface(shape, (x, y, z) -> true);
        float[] edges = {1, 1, 1};
        assertThat(nothing.size()).isZero();
        assertThat(all.size()).isEqualTo(64 - 8);
        assertThat(new HausdorffDistance(nothing, edges).to(nothing, AS_BRATS)).isZero();
        assertThat(new HausdorffDistance(nothing, edges).to(all, AS_BRATS)).isEqualTo(373.13);
        assertThat(new HausdorffDistance(all, edges).to(nothing, AS_BRATS)).isEqualTo(373.13);
        assertThat(new HausdorffDistance(all, edges).to(all, AS_BRATS)).isZero();
    }

    @Test
    void emptyMasksByOtherConventions() {
        int[] shape = {4, 4, 4};
        Surface nothing = Surface.of(new byte[64], shape, ONES);
        Surface all = surface(shape, (x, y, z) -> true);
        HausdorffDistance toNothing = new HausdorffDistance(nothing, new float[] {1, 1, 1});
        HausdorffDistance toAll = new HausdorffDistance(all, new float[] {1, 1, 1});
        for (OptionalDouble oneEmpty : List.of(OptionalDouble.of(0), OptionalDouble.of(374))) {
            assertThat(toNothing.to(nothing, oneEmpty)).isZero();
            assertThat(toNothing.to(all, oneEmpty)).isEqualTo(oneEmpty.getAsDouble());
            assertThat(toAll.to(nothing, oneEmpty)).isEqualTo(oneEmpty.getAsDouble());
            assertThat(toAll.to(all, oneEmpty)).isZero();
        }
        OptionalDouble leftOut = OptionalDouble.empty();
        assertThat(toNothing.to(nothing, leftOut)).isNaN();
        assertThat(toNothing.to(all, leftOut)).isNaN();
        assertThat(toAll.to(nothing, leftOut)).isNaN();
        assertThat(toAll.to(all, leftOut)).isZero();
    }

    private static double plain(byte[] a, byte[] b, int[] shape, float[] edges) {
        List<int[]> first = plainSurface(a, shape);
        List<int[]> second = plainSurface(b, shape);
        return Math.max(directed(first, second, edges), directed(second, first, edges));
    }

    private static List<int[]> plainSurface(byte[] mask, int[] shape) {
        List<int[]> surface = new ArrayList<>();
        for (int v = 0; v < mask.length; v++) {
            int[] at = {v / shape[2] / shape[1], v / shape[2] % shape[1], v % shape[2]};
            boolean outsideNear = false;
            for (int axis = 0; axis < 3; axis++) {
                for (int step = -1; step <= 1; step += 2) {
                    int[] next = at.clone();
                    next[axis] += step;
                    boolean there = next[axis] >= 0 && next[axis] < shape[axis];
                    int index = (next[0] * shape[1] + next[1]) * shape[2] + next[2];
                    outsideNear |= !there || mask[index] == 0;
                }
            }
            if (mask[v] == 1 && outsideNear) {
                surface.add(at);
            }
        }
        return surface;
    }

    private static double directed(List<int[]> from, List<int[]> to, float[] edges) {
        List<Double> distances = new ArrayList<>();
        for (int[] a : from) {
            double nearest = Double.MAX_VALUE;
            for (int[] b : to) {
                double sum = 0;
                for (int axis = 0; axis < 3; axis++) {
                    double away = (double) edges[axis] * (a[axis] - b[axis]);
                    sum += away * away;
                }
                nearest = Math.min(nearest, Math.sqrt(sum));
            }
            distances.add(nearest);
        }
        Collections.sort(distances);
        double place = 0.95 * (distances.size() - 1);
        double below = distances.get((int) Math.floor(place));
        double above = distances.get((int) Math.ceil(place));
        return below * (1 - place % 1) + above * (place % 1);
    }

    private static byte[] random(int[] shape, Random random, double share) {
        byte[] mask = new byte[shape[0] * shape[1] * shape[2]];
        for (int v = 0; v < mask.length; v++) {
            mask[v] = (byte) (random.nextDouble() < share ? 1 : 0);
        }
        mask[random.nextInt(mask.length)] = 1;
        return mask;
    }

    private static Surface surface(int[] shape, Shape3d solid) {
        byte[] mask = new byte[shape[0] * shape[1] * shape[2]];
        for (int v = 0; v < mask.length; v++) {
            int x = v / shape[2] / shape[1];
            mask[v] = (byte) (solid.holds(x, v / shape[2] % shape[1], v % shape[2]) ? 1 : 0);
        }
        return Surface.of(mask, shape, ONES);
    }

    private static float[] numbers(String text) {
        String[] parts = text.split(":", 3);
        return new float[] {
            Float.parseFloat(parts[0]), Float.parseFloat(parts[1]), Float.parseFloat(parts[2])
        };
    }
}
