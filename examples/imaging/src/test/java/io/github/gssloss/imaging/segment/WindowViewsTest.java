/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Probabilities, mirrored windows, several networks and weights, against plain loops. */
class WindowViewsTest extends SlidingWindowFixture {

    private static final int[] SHAPE = {7, 6, 5};
    private static final int[] WINDOW = {4, 3, 4};

    private WindowPrediction predict(SlidingWindow sliding, int[] shape, float[] images) {
        return sliding.predict(
                        manager,
                        "one",
                        shape,
                        images,
                        List.of(Brats.BRATS2020.all()),
                        subset -> true,
                        (done, total) -> {})
                .get(0);
    }

    /** A softmax: 1 together at each voxel, and other values at other places of the window. */
    private static NDArray softmax(NDArray image, NDArray subset) {
        return dependsOnPosition(image, subset).softmax(1);
    }

    private static NDArray another(NDArray image, NDArray subset) {
        return image.neg().softmax(1);
    }

    private static SlidingWindow sliding() {
        return new SlidingWindow(WindowViewsTest::softmax, CLASSES, WINDOW, 0.5);
    }

    /** What a window says, by loops: (class, d, h, w), mirrored along some axes. */
    private static double[][] answer(float[] images, int[] corner, boolean[] turned, boolean neg) {
        int voxels = WINDOW[0] * WINDOW[1] * WINDOW[2];
        double[][] answer = new double[CLASSES][voxels];
        for (int v = 0; v < voxels; v++) {
            int[] seen = at(v);
            double[] logits = new double[CLASSES];
            double sum = 0;
            int place = 0;
            for (int axis = 0; axis < 3; axis++) {
                // The network sees this voxel at the mirrored place.
                int there = turned[axis] ? WINDOW[axis] - 1 - seen[axis] : seen[axis];
                place = place * WINDOW[axis] + there;
            }
            for (int c = 0; c < CLASSES; c++) {
                float value =
                        images[
                                ((c * SHAPE[0] + corner[0] + seen[0]) * SHAPE[1]
                                                        + corner[1]
                                                        + seen[1])
                                                * SHAPE[2]
                                        + corner[2]
                                        + seen[2]];
                logits[c] = Math.exp(neg ? -value : weight(value, place));
                sum += logits[c];
            }
            for (int c = 0; c < CLASSES; c++) {
                answer[c][v] = logits[c] / sum;
            }
        }
        return answer;
    }

    private static int[] at(int v) {
        return new int[] {v / WINDOW[2] / WINDOW[1], v / WINDOW[2] % WINDOW[1], v % WINDOW[2]};
    }

    private interface Views {
        List<double[][]> at(int[] corner);
    }

    /** The mean over windows and views, weighted, by loops. */
    private static double[] plain(Views views, float[] weights) {
        int voxels = SHAPE[0] * SHAPE[1] * SHAPE[2];
        double[] sums = new double[CLASSES * voxels];
        double[] counts = new double[voxels];
        for (int[] corner : WindowGrid.corners(SHAPE, WINDOW, 0.5)) {
            for (double[][] view : views.at(corner)) {
                for (int v = 0; v < view[0].length; v++) {
                    int[] p = at(v);
                    int voxel =
                            ((corner[0] + p[0]) * SHAPE[1] + corner[1] + p[1]) * SHAPE[2]
                                    + corner[2]
                                    + p[2];
                    counts[voxel] += weights[v];
                    for (int c = 0; c < CLASSES; c++) {
                        sums[c * voxels + voxel] += weights[v] * view[c][v];
                    }
                }
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= counts[i % voxels];
        }
        return sums;
    }

    private static float[] ones() {
        return WindowWeights.UNIFORM.of(WINDOW);
    }

    private static float[] probabilities(WindowPrediction found) {
        return found.probabilities().orElseThrow();
    }

    private static void requireClose(WindowPrediction found, double[] expected) {
        assertThat(probabilities(found)).hasSize(expected.length);
        int voxels = expected.length / CLASSES;
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) probabilities(found)[i]).isCloseTo(expected[i], within(1e-5));
        }
        for (int v = 0; v < voxels; v++) {
            for (int c = 0; c < CLASSES; c++) {
                assertThat(expected[c * voxels + v])
                        .isLessThanOrEqualTo(expected[found.classes()[v] * voxels + v] + 1e-5);
            }
        }
    }

    @Test
    void probabilitiesAreTheMeanOverTheWindows() {
        float[] images = randomImages(SHAPE, 1);
        boolean[] not = new boolean[3];
        WindowPrediction found = predict(sliding(), SHAPE, images);
        requireClose(
                found,
                plain(corner -> List.<double[][]>of(answer(images, corner, not, false)), ones()));
        assertThat(found.classes()).isEqualTo(one(sliding(), SHAPE, images));
    }

    @Test
    void mirroredWindowsAreMirroredBackAndAveraged() {
        float[] images = randomImages(SHAPE, 2);
        WindowPrediction found =
                predict(sliding().with(Mirroring.of(List.of("z", "x"))), SHAPE, images);
        Views views =
                corner -> {
                    List<double[][]> all = new ArrayList<>();
                    for (int bits = 0; bits < 4; bits++) {
                        boolean[] turned = {(bits & 1) == 1, false, (bits & 2) == 2};
                        all.add(answer(images, corner, turned, false));
                    }
                    return all;
                };
        requireClose(found, plain(views, ones()));
        assertThat(probabilities(found))
                .isNotEqualTo(probabilities(predict(sliding(), SHAPE, images)));
    }

    @Test
    void severalNetworksAreAveraged() {
        float[] images = randomImages(SHAPE, 3);
        boolean[] not = new boolean[3];
        WindowPrediction both = predict(sliding().and(WindowViewsTest::another), SHAPE, images);
        requireClose(
                both,
                plain(
                        corner ->
                                List.of(
                                        answer(images, corner, not, false),
                                        answer(images, corner, not, true)),
                        ones()));
        float[] first = probabilities(predict(sliding(), SHAPE, images));
        float[] second =
                probabilities(
                        predict(
                                new SlidingWindow(WindowViewsTest::another, CLASSES, WINDOW, 0.5),
                                SHAPE,
                                images));
        for (int i = 0; i < first.length; i++) {
            assertThat(probabilities(both)[i]).isCloseTo((first[i] + second[i]) / 2, within(1e-5f));
        }
    }

    @Test
    void aGaussianWindowCountsLessNearItsBorder() {
        float[] images = randomImages(SHAPE, 4);
        boolean[] not = new boolean[3];
        float[] weights = WindowWeights.GAUSSIAN.of(WINDOW);
        requireClose(
                predict(sliding().with(WindowWeights.GAUSSIAN), SHAPE, images),
                plain(corner -> List.<double[][]>of(answer(images, corner, not, false)), weights));
        float[] line = WindowWeights.GAUSSIAN.of(new int[] {1, 1, 9});
        // The standard deviation is 9/8: the neighbour of the centre has exp(-(8/9)^2 / 2).
        assertThat(line[4]).isEqualTo(1f);
        assertThat(line[5]).isCloseTo((float) Math.exp(-32.0 / 81), within(1e-6f));
        assertThat(line[0]).isEqualTo(line[8]).isCloseTo(0.0018f, within(1e-4f));
        assertThat(WindowWeights.GAUSSIAN.of(new int[] {9, 9, 9})[0]).isEqualTo(1e-3f);
    }

    /** Of one subset alone they are kept, with what each subset gives by itself. */
    @Test
    void probabilitiesAreKeptWhereTheyAreWanted() {
        SlidingWindow given =
                new SlidingWindow(
                        (image, subset) ->
                                image.mul(
                                                subset.toType(DataType.FLOAT32, true)
                                                        .reshape(1, 4, 1, 1, 1))
                                        .softmax(1),
                        CLASSES,
                        WINDOW,
                        0.5);
        float[] images = randomImages(SHAPE, 5);
        List<ModalitySubset> two = List.of(Brats.BRATS2020.subset("flair"), Brats.BRATS2020.all());
        List<WindowPrediction> found =
                given.predict(
                        manager, "two", SHAPE, images, two, ModalitySubset::hasAll, (at, of) -> {});
        assertThat(found.get(0).probabilities()).isEmpty();
        assertThat(found.get(0).classes()).isNotEqualTo(found.get(1).classes());
        assertThat(probabilities(found.get(1)))
                .isEqualTo(probabilities(predict(given, SHAPE, images)));
        List<byte[]> classes = given.segment(manager, "two", SHAPE, images, two, (at, of) -> {});
        for (int s = 0; s < 2; s++) {
            assertThat(found.get(s).classes()).isEqualTo(classes.get(s));
        }
    }

    /** What no window shows to the network is background, also in a padded volume. */
    @Test
    void whereNothingWasSeenIsBackground() {
        int[] shape = {12, 2, 3};
        float[] images = new float[4 * 72];
        images[70] = 1;
        WindowPrediction found = predict(sliding(), shape, images);
        assertThat(found.classes()).hasSize(72);
        assertThat(probabilities(found)).hasSize(CLASSES * 72);
        for (int v = 0; v < 6; v++) {
            assertThat(probabilities(found)[v]).isEqualTo(1);
            assertThat(probabilities(found)[72 + v]).isZero();
        }
        assertThat(probabilities(found)[70]).isLessThan(1);
    }

    @Test
    void refusesAxesThatAreNone() {
        assertThatThrownBy(() -> Mirroring.of(List.of("x", "w")))
                .hasMessage("expected some of x, y, z with commas, each once, got x,w");
        assertThatThrownBy(() -> Mirroring.of(List.of("x", "x")))
                .hasMessage("expected some of x, y, z with commas, each once, got x,x");
        SlidingWindow flat =
                new SlidingWindow(WindowViewsTest::softmax, CLASSES, new int[] {4, 4, 1});
        assertThatThrownBy(() -> flat.with(Mirroring.of(List.of("z"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("mirroring: expected axes along which the window");
        assertThat(Mirroring.of(List.of("z", "x"))).hasToString("x,z");
        assertThat(Mirroring.of(List.of("x", "y", "z")).views()).isEqualTo(8);
    }
}
