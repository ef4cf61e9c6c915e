/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VoxelBlockTest {

    private static VoxelBlock block(long b, long endB, long v, long endV) {
        return new VoxelBlock(b, endB, v, endV);
    }

    @Test
    void severalWholeSamplesWhereTheyFit() {
        assertThat(VoxelBlock.over(5, 10, 25))
                .isEqualTo(List.of(block(0, 2, 0, 10), block(2, 4, 0, 10), block(4, 5, 0, 10)));
        assertThat(VoxelBlock.over(4, 10, 20))
                .isEqualTo(List.of(block(0, 2, 0, 10), block(2, 4, 0, 10)));
        assertThat(VoxelBlock.over(2, 10, 1000)).isEqualTo(List.of(block(0, 2, 0, 10)));
    }

    @Test
    void partsOfOneSampleElse() {
        assertThat(VoxelBlock.over(2, 10, 4))
                .isEqualTo(
                        List.of(
                                block(0, 1, 0, 4),
                                block(0, 1, 4, 8),
                                block(0, 1, 8, 10),
                                block(1, 2, 0, 4),
                                block(1, 2, 4, 8),
                                block(1, 2, 8, 10)));
        assertThat(VoxelBlock.over(1, 10, 5))
                .isEqualTo(List.of(block(0, 1, 0, 5), block(0, 1, 5, 10)));
    }
}
