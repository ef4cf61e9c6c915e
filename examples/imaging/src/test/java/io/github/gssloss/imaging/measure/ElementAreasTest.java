/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElementAreasTest {

    private static final float[] EDGES = {1, 1.5f, 2.5f};

    /** By hand, from the polygons; bit 4 x + 2 y + z is set where the voxel is inside. */
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "255, 0",
        // One voxel: half the cross product of two sides from middle to middle.
        "1, 0.59375",
        "254, 0.59375",
        // All voxels with x = 0, y = 0, z = 0: a whole face.
        "15, 3.75",
        "51, 2.5",
        "85, 1.5",
        // Two that share an edge along z: a rectangle. They are cut off by a slope.
        "3, 2.253469",
        // Two and more that only touch in an edge or a corner: each on its own.
        "9, 1.1875",
        "129, 1.1875",
        "105, 2.375",
    })
    void agreesWithHandWork(int way, double area) {
        assertThat(new ElementAreas(EDGES).of(way)).isCloseTo(area, within(1e-6));
    }

    @Test
    void insideAndOutsideHaveOneSurface() {
        ElementAreas areas = new ElementAreas(EDGES);
        for (int way = 0; way < 256; way++) {
            if (Integer.bitCount(way) != 4) {
                assertThat(areas.of(way)).isEqualTo(areas.of(255 - way));
            }
        }
    }

    /** A plane's area does not depend on how it lies in the voxels. */
    @Test
    void aBlockHasTheAreaOfItsFaces() {
        int[] shape = {9, 8, 7};
        byte[] classes = new byte[9 * 8 * 7];
        for (int x = 1; x < 8; x++) {
            for (int y = 1; y < 7; y++) {
                for (int z = 1; z < 6; z++) {
                    classes[(x * 8 + y) * 7 + z] = 1;
                }
            }
        }
        Mask mask = Mask.of(classes, shape, new boolean[] {false, true});
        SurfaceElements surface = SurfaceElements.of(mask, new ElementAreas(new float[] {1, 1, 1}));

        // Whole faces within, slopes along the 12 edges, triangles in the 8 corners.
        double faces = 2 * (6 * 5 + 6 * 4 + 5 * 4);
        double edges = 4 * (6 + 5 + 4) * Math.sqrt(0.5);
        double corners = 8 * Math.sqrt(3) / 8;
        assertThat(surface.area()).isCloseTo(faces + edges + corners, within(1e-9));
        assertThat(surface.size()).isEqualTo(8 * 7 * 6 - 6 * 5 * 4);
    }
}
