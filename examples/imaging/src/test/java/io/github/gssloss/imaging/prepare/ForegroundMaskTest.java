/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForegroundMaskTest {

    private static final int[] SHAPE = {4, 5, 6};

    @Test
    void itsBoxHoldsTheLastPlanesOfWhateverIsNotZero() {
        float[] first = new float[120];
        float[] second = new float[120];
        first[(1 * 5 + 4) * 6 + 2] = -3;
        second[(3 * 5 + 2) * 6 + 5] = 1;
        ForegroundMask mask = new ForegroundMask(Foreground.NONZERO, SHAPE);
        mask.add(new float[120]);
        assertThat(mask.box()).isEmpty();
        assertThat(mask.doubt()).isEmpty();
        mask.add(second);
        assertThat(mask.box()).contains(new BoundingBox(3, 2, 5, 1, 1, 1));
        mask.add(first);
        BoundingBox box = mask.box().orElseThrow();
        assertThat(box).isEqualTo(new BoundingBox(1, 2, 2, 3, 3, 4));
        byte[] inside = new byte[36];
        inside[2 * 4] = 1;
        inside[2 * 12 + 3] = 1;
        assertThat(mask.cut(box)).isEqualTo(inside);
    }

    @Test
    void whatIsNotFiniteIsNoForeground() {
        float[] volume = new float[120];
        volume[3] = Float.NaN;
        volume[4] = Float.POSITIVE_INFINITY;
        ForegroundMask mask = new ForegroundMask(Foreground.NONZERO, SHAPE);
        mask.add(volume);
        assertThat(mask.box()).isEmpty();
    }

    /** The box is the whole volume of 1000 voxels: its first and its last are foreground. */
    @ParameterizedTest
    @CsvSource({
        "299, 29, are there stray voxels?",
        "300, 0,",
        "959, 0,",
        "960, 96, does the setting foreground fit?"
    })
    void aShareThatIsNoBrainsRaisesDoubt(int count, int share, String question) {
        float[] volume = new float[1000];
        Arrays.fill(volume, 0, count - 1, 7);
        volume[999] = 7;
        ForegroundMask mask = new ForegroundMask(Foreground.above(5), 10, 10, 10);
        mask.add(volume);
        if (question == null) {
            assertThat(mask.doubt()).isEmpty();
        } else {
            assertThat(mask.doubt())
                    .contains(
                            "the foreground (above 5.0) fills "
                                    + share
                                    + " % of its box, a brain about half: "
                                    + question);
        }
    }

    @Test
    void allVoxelsRaiseNoDoubt() {
        ForegroundMask mask = new ForegroundMask(Foreground.ALL, SHAPE);
        mask.add(new float[120]);
        assertThat(mask.box()).contains(new BoundingBox(0, 0, 0, 4, 5, 6));
        assertThat(mask.doubt()).isEmpty();
    }
}
