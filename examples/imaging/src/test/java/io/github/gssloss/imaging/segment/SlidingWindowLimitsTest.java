/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Volumes smaller than the window, and networks whose numbers overflow. */
class SlidingWindowLimitsTest extends SlidingWindowFixture {

    /** Inputs {@code thin} and {@code oneslice}. */
    @ParameterizedTest
    @CsvSource({"3,9,10,4,4,6", "1,8,8,4,4,6", "8,8,1,4,4,6", "3,2,5,4,4,6", "8,1,8,4,4,6"})
    @CsvSource({"2,3,9,1,4,6", "5,3,3,4,1,6", "3,9,1,4,4,1", "1,1,9,1,4,6"})
    void volumesSmallerThanTheWindowArePadded(int d, int h, int w, int p, int q, int r) {
        int[] shape = {d, h, w};
        int[] window = {p, q, r};
        float[] images = randomImages(shape, 7);
        float[] backgrounds = {-0.5f, 0, -2, 1.5f};
        for (int i = 0; i < images.length; i++) {
            // Two thirds of the voxels are background.
            images[i] = i % 3 == 0 ? images[i] : backgrounds[i / (d * h * w)];
        }
        int[] whole = {Math.max(d, p), Math.max(h, q), Math.max(w, r)};
        int[] before = {(whole[0] - d) / 2, (whole[1] - h) / 2, (whole[2] - w) / 2};
        float[] padded = new float[4 * whole[0] * whole[1] * whole[2]];
        int[] from = new int[padded.length];
        for (int i = 0; i < padded.length; i++) {
            int x = i / (whole[2] * whole[1]) % whole[0] - before[0];
            int y = i / whole[2] % whole[1] - before[1];
            int z = i % whole[2] - before[2];
            int m = i / (whole[0] * whole[1] * whole[2]);
            boolean inside = x >= 0 && x < d && y >= 0 && y < h && z >= 0 && z < w;
            from[i] = inside ? ((m * d + x) * h + y) * w + z : -1;
            padded[i] = inside ? images[from[i]] : backgrounds[m];
        }
        SlidingWindow sliding =
                new SlidingWindow(SlidingWindowFixture::dependsOnPosition, CLASSES, window, 0.5);

        byte[] classes = one(sliding, shape, images);

        byte[] expected = new byte[d * h * w];
        byte[] ofPadded = one(sliding, whole, padded);
        for (int i = 0; i < ofPadded.length; i++) {
            if (from[i] >= 0) {
                expected[from[i]] = ofPadded[i];
            }
        }
        assertThat(classes).isEqualTo(expected);
        assertThat(classes).contains(3);
    }

    /** Weights that are finite and overflow: infinity minus infinity in the softmax is NaN. */
    @Test
    void aPredictionThatIsNotFiniteStops() {
        Segmenter overflows =
                (image, subset) ->
                        subset.toBooleanArray()[0]
                                ? always(image, 1)
                                : image.add(1).mul(3e38f).mul(10).softmax(1);
        SlidingWindow sliding = new SlidingWindow(overflows, CLASSES, new int[] {2, 2, 2});
        int[] shape = {3, 2, 2};
        List<ModalitySubset> subsets =
                List.of(Brats.BRATS2020.all(), ModalitySubset.of(Brats.T1, Brats.T2));

        assertThatThrownBy(
                        () ->
                                sliding.segment(
                                        manager,
                                        "BraTS20_Training_001",
                                        shape,
                                        randomImages(shape, 8),
                                        subsets,
                                        (done, total) -> {}))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "case BraTS20_Training_001 with t1+t2, window at [0, 0, 0]: expected finite"
                                + " probabilities, got NaN");
    }
}
