/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlidingWindowTest extends SlidingWindowFixture {

    @ParameterizedTest
    @CsvSource({
        // volume, window, overlap: no multiples of the stride, equal sizes, odd sizes, no overlap
        "9,11,10, 4,4,4, 0.5",
        "8,8,8, 8,8,8, 0.5",
        "7,9,12, 5,3,7, 0.5",
        "6,10,5, 6,4,5, 0.5",
        "10,7,9, 4,3,2, 0.0",
        "9,9,9, 4,4,4, 0.75",
        "5,6,7, 2,1,3, 0.5",
        // slice by slice: only in the plane windows overlap
        "4,9,7, 1,4,4, 0.5",
        "7,9,5, 4,4,1, 0.5",
        "6,3,9, 4,1,3, 0.75",
        "1,9,7, 1,4,4, 0.5",
    })
    void agreesWithAPlainLoopOverVoxels(int d, int h, int w, int p, int q, int r, double overlap) {
        int[] shape = {d, h, w};
        int[] window = {p, q, r};
        float[] images = randomImages(shape, 1);
        SlidingWindow sliding =
                new SlidingWindow(
                        SlidingWindowFixture::dependsOnPosition, CLASSES, window, overlap);

        byte[] classes = one(sliding, shape, images);

        assertThat(classes).isEqualTo(plain(shape, window, overlap, images));
        assertThat(classes).contains(0, 1, 2, 3);
    }

    @Test
    void windowsWithoutBrainAreSkippedAndBackground() {
        int[] shape = {12, 8, 8};
        float[] images = new float[4 * 12 * 8 * 8];
        Arrays.fill(images, 0, images.length / 4, -1.25f);
        images[8 * 64] = 2;
        List<Float> seen = new ArrayList<>();
        SlidingWindow sliding =
                new SlidingWindow(
                        (image, subset) -> {
                            seen.add(image.max().getFloat());
                            return always(image, 2);
                        },
                        CLASSES,
                        new int[] {4, 8, 8});

        byte[] classes = one(sliding, shape, images);

        // The bright voxel lies at depth 8: windows at 6 and 8 see it, those at 0, 2 and 4 do not.
        assertThat(seen).containsExactly(2f, 2f);
        assertThat(Arrays.copyOf(classes, 6 * 64)).containsOnly(0);
        assertThat(Arrays.copyOfRange(classes, 6 * 64, 12 * 64)).containsOnly(2);
    }

    @Test
    void theLowerClassWinsATie() {
        float[] images = randomImages(new int[] {2, 2, 2}, 3);
        SlidingWindow sliding =
                new SlidingWindow(
                        (image, subset) -> image.getManager().ones(new Shape(1, CLASSES, 2, 2, 2)),
                        CLASSES,
                        new int[] {2, 2, 2});
        assertThat(one(sliding, new int[] {2, 2, 2}, images)).containsOnly(0);
    }

    @Test
    void theNetworkGetsTheSubsetAndNothingStaysOnTheManager() {
        List<boolean[]> given = new ArrayList<>();
        SlidingWindow sliding =
                new SlidingWindow(
                        (image, subset) -> {
                            assertThat(subset.getShape()).isEqualTo(new Shape(1, 4));
                            given.add(subset.toBooleanArray());
                            return always(image, 1);
                        },
                        CLASSES,
                        new int[] {2, 2, 2});
        int before = manager.getManagedArrays().size();
        float[] images = randomImages(new int[] {2, 2, 2}, 4);

        sliding.segment(
                manager,
                "one",
                new int[] {2, 2, 2},
                images,
                List.of(ModalitySubset.of(Brats.T2, Brats.T1CE), Brats.BRATS2020.all()),
                (done, total) -> {});

        assertThat(given)
                .containsExactly(
                        new boolean[] {false, true, false, true},
                        new boolean[] {true, true, true, true});
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    @Test
    void aWindowIsPreparedOnceForAllSubsets() {
        List<String> calls = new ArrayList<>();
        Segmenter twoStages =
                new Segmenter() {
                    @Override
                    public NDArray probabilities(NDArray image, NDArray subset) {
                        throw new AssertionError("the windows are prepared");
                    }

                    @Override
                    public UnaryOperator<NDArray> prepare(NDArray image) {
                        calls.add("window");
                        return subset -> {
                            boolean all = subset.toBooleanArray()[0];
                            calls.add(all ? "all" : "t1");
                            return always(image, all ? 3 : 1);
                        };
                    }
                };
        SlidingWindow sliding = new SlidingWindow(twoStages, CLASSES, new int[] {2, 2, 2});
        int[] shape = {3, 2, 2};

        List<byte[]> classes =
                sliding.segment(
                        manager,
                        "one",
                        shape,
                        randomImages(shape, 6),
                        List.of(Brats.BRATS2020.all(), ModalitySubset.of(Brats.T1)),
                        (done, total) -> {});

        assertThat(calls).containsExactly("window", "all", "t1", "window", "all", "t1");
        assertThat(classes.get(0)).hasSize(12).containsOnly(3);
        assertThat(classes.get(1)).hasSize(12).containsOnly(1);
    }

    @Test
    void refusesWhatDoesNotFit() {
        Segmenter wrong = (image, subset) -> image.getManager().ones(new Shape(1, 3, 4, 4, 4));
        SlidingWindow sliding = new SlidingWindow(wrong, CLASSES, new int[] {4, 4, 4});
        float[] images = randomImages(new int[] {4, 5, 4}, 5);
        assertThatThrownBy(() -> one(sliding, new int[] {4, 4, 4}, images))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("images: expected 256 values, got 320");
        assertThatThrownBy(() -> one(sliding, new int[] {4, 5, 4}, images))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("probabilities: expected shape (1, 4, 4, 4, 4), got (1, 3, 4, 4, 4)");
        assertThatThrownBy(() -> new SlidingWindow(wrong, CLASSES, new int[] {4, 0, 4}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("window: expected three sizes of at least 1, got [4, 0, 4]");
        assertThatThrownBy(() -> new SlidingWindow(wrong, CLASSES, new int[] {4, 4, 4}, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("overlap: expected at least 0 and below 1, got 1.0");
        assertThatThrownBy(() -> new SlidingWindow(wrong, 1, new int[] {4, 4, 4}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("numClasses: expected 2 to 127, got 1");
    }

    /** For each voxel: asks every window that covers it, one after another, and takes the mean. */
    private static byte[] plain(int[] shape, int[] window, double overlap, float[] images) {
        byte[] classes = new byte[shape[0] * shape[1] * shape[2]];
        for (int z = 0; z < classes.length; z++) {
            int[] at = {z / (shape[1] * shape[2]), z / shape[2] % shape[1], z % shape[2]};
            double[] sum = new double[CLASSES];
            int count = 0;
            for (int d : plainStarts(shape[0], window[0], overlap)) {
                for (int h : plainStarts(shape[1], window[1], overlap)) {
                    for (int w : plainStarts(shape[2], window[2], overlap)) {
                        int[] in = {at[0] - d, at[1] - h, at[2] - w};
                        if (in[0] >= 0
                                && in[0] < window[0]
                                && in[1] >= 0
                                && in[1] < window[1]
                                && in[2] >= 0
                                && in[2] < window[2]) {
                            count++;
                            int place = (in[0] * window[1] + in[1]) * window[2] + in[2];
                            for (int c = 0; c < CLASSES; c++) {
                                sum[c] += weight(images[c * classes.length + z], place);
                            }
                        }
                    }
                }
            }
            for (int c = 1; c < CLASSES; c++) {
                if (sum[c] / count > sum[classes[z]] / count) {
                    classes[z] = (byte) c;
                }
            }
        }
        return classes;
    }

    /** The rule of the published evaluation: k * P * (1 - overlap) before L - P, and L - P. */
    private static Set<Integer> plainStarts(int length, int window, double overlap) {
        Set<Integer> starts = new TreeSet<>();
        int stride = Math.max(1, (int) Math.floor(window * (1 - overlap)));
        for (int start = 0; start <= length - window; start++) {
            if (start % stride == 0 || start == length - window) {
                starts.add(start);
            }
        }
        return starts;
    }
}
