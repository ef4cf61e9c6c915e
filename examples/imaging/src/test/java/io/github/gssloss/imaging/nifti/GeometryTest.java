/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.nifti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeometryTest {

    private static final int[] SIZE = {3, 4, 5};

    /** Oblique and sheared; to the left, to the back and up. */
    private static final double[][] OBLIQUE = {
        {-1.9, 0.3, 0.1, 90}, {0.2, -1.4, 0.5, 120}, {0.15, -0.4, 3.1, -70}, {0, 0, 0, 1}
    };

    private static final Geometry GEOMETRY = Geometry.of(SIZE, OBLIQUE);

    /** All three letters in all orders, each at either end. */
    static List<String> orientations() {
        List<String> all = new ArrayList<>();
        for (String order : List.of("RAS", "RSA", "ARS", "ASR", "SRA", "SAR")) {
            for (int ends = 0; ends < 8; ends++) {
                StringBuilder code = new StringBuilder();
                for (int axis = 0; axis < 3; axis++) {
                    String letter = order.substring(axis, axis + 1);
                    code.append(
                            (ends >> axis & 1) == 0
                                    ? letter
                                    : letter.replace('R', 'L').replace('A', 'P').replace('S', 'I'));
                }
                all.add(code.toString());
            }
        }
        return all;
    }

    private static float[] ramp() {
        float[] ramp = new float[60];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = i;
        }
        return ramp;
    }

    /** Made by nibabel 5.0.0: {@code as_reoriented} of {@code arange(60)} with this affine. */
    @ParameterizedTest
    @CsvSource({
        "RAS, 3 4 5, 1.9 -0.3 0.1 87.1 -0.2 1.4 0.5 116.2 -0.15 0.4 3.1 -70.9, 55 56 57, 2 3 4",
        "PIR, 4 5 3, 0.3 -0.1 1.9 86.6 -1.4 -0.5 -0.2 122.4 -0.4 -3.1 -0.15 -57.3, 44 24 4,"
                + " 55 35 15",
        "SLA, 5 3 4, 0.1 -1.9 -0.3 90.9 0.5 0.2 1.4 115.8 3.1 0.15 0.4 -71.2, 15 10 5, 54 49 44",
        "AIL, 4 5 3, -0.3 -0.1 -1.9 91.3 1.4 -0.5 0.2 117.8 0.4 -3.1 0.15 -58.8, 19 39 59, 0 20 40"
    })
    void isReorientedLikeNibabel(
            String code, String size, String affine, String first, String last) {
        Geometry turned = GEOMETRY.in(code);

        assertThat(turned.orientation()).isEqualTo(code);
        assertThat(turned.size()).containsExactly(ints(size));
        double[] expected = doubles(affine);
        for (int i = 0; i < 12; i++) {
            assertThat(turned.affine()[i / 4][i % 4]).isEqualTo(expected[i], within(1e-12));
        }
        float[] voxels = Reorientation.between(GEOMETRY, turned).orElseThrow().apply(ramp());
        for (int i = 0; i < 3; i++) {
            assertThat(voxels[i]).isEqualTo(ints(first)[i]);
            assertThat(voxels[57 + i]).isEqualTo(ints(last)[i]);
        }
    }

    private static int[] ints(String text) {
        return List.of(text.split(" ")).stream().mapToInt(Integer::parseInt).toArray();
    }

    private static double[] doubles(String text) {
        return List.of(text.split(" ")).stream().mapToDouble(Double::parseDouble).toArray();
    }

    @Test
    void everyVoxelStaysWhereItIsInEachOfThe48Orientations() {
        assertThat(orientations()).hasSize(48).doesNotHaveDuplicates();
        for (String code : orientations()) {
            Geometry turned = GEOMETRY.in(code);
            Reorientation way = Reorientation.between(GEOMETRY, turned).orElseThrow();
            float[] voxels = way.apply(ramp());
            int[] size = turned.size();
            for (int x = 0, to = 0; x < size[0]; x++) {
                for (int y = 0; y < size[1]; y++) {
                    for (int z = 0; z < size[2]; z++, to++) {
                        int from = (int) voxels[to];
                        double[] index = {
                            Math.floorDiv(from, 20), Math.floorDiv(from, 5) % 4, from % 5
                        };
                        double[] here = Affine.apply(OBLIQUE, index);
                        double[] there = Affine.apply(turned.affine(), new double[] {x, y, z});
                        assertThat(there).containsExactly(here, within(1e-9));
                    }
                }
            }
            assertThat(way.inverse().apply(voxels)).containsExactly(ramp());
            byte[] labels = new byte[60];
            labels[17] = 3;
            assertThat(way.inverse().apply(way.apply(labels))).containsExactly(labels);
            assertThat(Reorientation.between(turned, GEOMETRY).orElseThrow().apply(voxels))
                    .containsExactly(ramp());
        }
    }

    @Test
    void spacingIsTheLengthOfTheColumns() {
        // nibabel.affines.voxel_sizes
        assertThat(GEOMETRY.spacing())
                .containsExactly(
                        (float) 1.91637678967368,
                        (float) 1.4866068747318506,
                        (float) 3.1416556144810017);
        assertThat(GEOMETRY.in("SLA").spacing())
                .containsExactly(
                        (float) 3.1416556144810017,
                        (float) 1.91637678967368,
                        (float) 1.4866068747318506);
    }

    @Test
    void gridsThatDifferByMoreThanAThousandthOfAVoxelDoNotMatch() {
        double[][] near = GEOMETRY.affine();
        near[0][3] += 0.0018;
        assertThat(GEOMETRY.matches(Geometry.of(SIZE, near))).isTrue();
        near[0][3] += 0.0004;
        assertThat(GEOMETRY.matches(Geometry.of(SIZE, near))).isFalse();
        assertThat(Reorientation.between(Geometry.of(SIZE, near), GEOMETRY)).isEmpty();
        double[][] turned = GEOMETRY.affine();
        // At the last of five slices this is a shift of 4 * 0.002 / 1.9 voxels.
        turned[0][2] += 0.002;
        assertThat(GEOMETRY.matches(Geometry.of(SIZE, turned))).isFalse();
        assertThat(GEOMETRY.matches(Geometry.of(new int[] {3, 4, 6}, OBLIQUE))).isFalse();
        double[][] finer = GEOMETRY.affine();
        for (double[] row : finer) {
            row[0] /= 2;
        }
        assertThat(Reorientation.between(Geometry.of(SIZE, finer), GEOMETRY)).isEmpty();
    }

    @Test
    void refusesWhatIsNoGridAndNoOrientation() {
        double[][] flat = GEOMETRY.affine();
        flat[0][2] = flat[0][1];
        flat[1][2] = flat[1][1];
        flat[2][2] = flat[2][1];
        assertThatThrownBy(() -> Geometry.of(SIZE, flat))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("span the space");
        assertThatThrownBy(() -> Geometry.of(new int[] {3, 0, 5}, OBLIQUE))
                .hasMessage("size: expected 3 sizes of at least 1, got [3, 0, 5]");
        for (String wrong : List.of("", "LP", "LPX", "LRS", "LPSI", "lps")) {
            assertThatThrownBy(() -> GEOMETRY.in(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "orientation: expected one letter each of LR, PA and IS, got " + wrong);
        }
        Reorientation way = Reorientation.between(GEOMETRY, GEOMETRY).orElseThrow();
        assertThatThrownBy(() -> way.apply(new float[59]))
                .hasMessage("voxels: expected 60 for 3 x 4 x 5, got 59");
    }

    /**
     * Two axes nearly along z, the third nearly along y: the sum of cosines is largest where an
     * axis stands for x that has no part of it. Found by fuzzing.
     */
    @Test
    void anAxisIsNotNamedAfterOneItIsAtARightAngleTo() {
        for (double part : new double[] {0, 0.0001}) {
            double[][] sheared = {
                {0, part, 0.0012, 7}, {0.1, 5e-8, 0.997, 8}, {1, 1, 0.083, 9}, {0, 0, 0, 1}
            };
            Geometry geometry = Geometry.of(SIZE, sheared);
            for (String orientation : orientations()) {
                assertThat(geometry.in(orientation).orientation()).isEqualTo(orientation);
            }
        }
    }

    @Test
    void axesOfImpossibleLengthAreRefused() {
        for (double factor : new double[] {1e-13, 1e13}) {
            double[][] scaled = GEOMETRY.affine();
            for (int row = 0; row < 3; row++) {
                scaled[row][1] *= factor;
            }
            assertThatThrownBy(() -> Geometry.of(SIZE, scaled))
                    .hasMessageStartingWith(
                            "affine: expected three axes from 1e-12 to 1e12 mm that span the space,"
                                    + " got [[-1.9, ");
        }
    }

    @Test
    void isWrittenInOneLine() {
        assertThat(GEOMETRY)
                .hasToString(
                        "3 x 4 x 5 LPS [-1.9 0.3 0.1 90; 0.2 -1.4 0.5 120; 0.15 -0.4 3.1 -70]");
    }
}
