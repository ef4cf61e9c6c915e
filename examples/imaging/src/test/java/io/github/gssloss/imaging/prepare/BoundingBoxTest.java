/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BoundingBoxTest {

    @Test
    void widensAboutTheCentreAndShiftsAtTheBorders() {
        int[] volume = {20, 20, 20};
        BoundingBox box = new BoundingBox(8, 0, 18, 4, 3, 2);
        assertThat(box.widened(new int[] {9, 8, 8}, volume))
                .isEqualTo(new BoundingBox(6, 0, 12, 9, 8, 8));
        assertThat(box.widened(new int[] {2, 2, 50}, volume))
                .isEqualTo(new BoundingBox(8, 0, 0, 4, 3, 20));
    }

    @Test
    void widenedBoxesHoldTheOldOneAndStayInside() {
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 2000; i++) {
            int n = random.nextInt(1, 30);
            int first = random.nextInt(n);
            int size = random.nextInt(1, n - first + 1);
            int minimum = random.nextInt(1, 40);
            BoundingBox wide =
                    new BoundingBox(first, 0, 0, size, 1, 1)
                            .widened(new int[] {minimum, 1, 1}, new int[] {n, 1, 1});
            assertThat(wide.sizeX()).isEqualTo(Math.min(n, Math.max(size, minimum)));
            assertThat(wide.x()).isBetween(0, first);
            assertThat(wide.x() + wide.sizeX()).isBetween(first + size, n);
        }
    }

    @Test
    void refusesToLeaveTheVolume() {
        int[] volume = {4, 4, 4};
        new BoundingBox(0, 1, 2, 4, 3, 2).requireWithin(volume);
        for (BoundingBox outside :
                List.of(
                        new BoundingBox(-1, 0, 0, 1, 1, 1),
                        new BoundingBox(0, 2, 0, 1, 3, 1),
                        new BoundingBox(0, 0, 0, 1, 1, 0),
                        new BoundingBox(0, 0, Integer.MAX_VALUE, 1, 1, 2))) {
            assertThatThrownBy(() -> outside.requireWithin(volume))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("box: expected one within 4 x 4 x 4, got ");
        }
    }

    @Test
    void theUnionHoldsBothAndIsTheSmallestSuchBox() {
        BoundingBox low = new BoundingBox(0, 3, 2, 4, 2, 1);
        BoundingBox high = new BoundingBox(2, 1, 5, 5, 1, 3);
        BoundingBox both = new BoundingBox(0, 1, 2, 7, 4, 6);
        assertThat(low.union(high)).isEqualTo(both);
        assertThat(high.union(low)).isEqualTo(both);
        assertThat(both.contains(low)).isTrue();
        assertThat(both.contains(high)).isTrue();
        assertThat(low.contains(low)).isTrue();
        assertThat(low.contains(high)).isFalse();
        assertThat(low.contains(both)).isFalse();
    }
}
