/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.segment.Cleaning.Change;
import io.github.gssloss.imaging.segment.Cleaning.FillHoles;
import io.github.gssloss.imaging.segment.Cleaning.Largest;
import io.github.gssloss.imaging.segment.Cleaning.Rare;
import io.github.gssloss.imaging.segment.Cleaning.Smallest;
import io.github.gssloss.imaging.segment.Cleaning.Step;
import io.github.gssloss.imaging.segment.Cleaning.Target;
import io.github.gssloss.imaging.segment.Components.Neighbourhood;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CleaningTest {

    private static final Target ET = new Target(OptionalInt.of(3), "ET");

    private final List<Change> changes = new ArrayList<>();

    /** One plane of classes, a digit each. */
    private static byte[] plane(String... rows) {
        String all = String.join("", rows);
        byte[] classes = new byte[all.length()];
        for (int v = 0; v < classes.length; v++) {
            classes[v] = (byte) (all.charAt(v) - '0');
        }
        return classes;
    }

    private byte[] apply(double voxel, Step step, String... rows) {
        changes.clear();
        int[] shape = {1, rows.length, rows[0].length()};
        byte[] before = plane(rows);
        byte[] after = new Cleaning(List.of(step)).apply(before, shape, voxel, changes);
        assertThat(before).isEqualTo(plane(rows));
        return after;
    }

    @Test
    void componentsBelowAVolumeTakeTheClassAround() {
        byte[] cleaned =
                apply(
                        2,
                        new Smallest(ET, 6),
                        "0000000",
                        "0222220",
                        "0232330",
                        "0222320",
                        "0000030");
        // Four voxels of 2 mm^3 that touch by faces and corners stay; the single one does not.
        assertThat(cleaned).isEqualTo(plane("0000000", "0222220", "0222330", "0222320", "0000030"));
        assertThat(changes).containsExactly(new Change("components of ET below 6.0 mm^3", 1, 1));
        assertThat(apply(1, new Smallest(Target.FOREGROUND, 3), "1100002", "0000022", "3300000"))
                .isEqualTo(plane("0000002", "0000022", "0000000"));
        assertThat(changes.get(0).components()).isEqualTo(2);
        assertThat(changes.get(0).voxels()).isEqualTo(4);
    }

    @Test
    void theLargestComponentStays() {
        assertThat(apply(1, new Largest(Target.FOREGROUND), "1100", "0000", "0032", "0001"))
                .isEqualTo(plane("0000", "0000", "0032", "0001"));
        assertThat(changes)
                .containsExactly(new Change("components of foreground beside the largest", 1, 2));
        assertThat(apply(1, new Largest(ET), "3030")).isEqualTo(plane("3000"));
        assertThat(apply(1, new Largest(ET), "0000")).isEqualTo(plane("0000"));
        assertThat(changes.get(0).voxels()).isZero();
    }

    @Test
    void onlyWhatIsClosedByFacesIsFilled() {
        int[] shape = {3, 3, 3};
        byte[] ball = new byte[27];
        Arrays.fill(ball, (byte) 2);
        ball[13] = 0;
        byte[] cleaned = new Cleaning(List.of(new FillHoles())).apply(ball, shape, 1, changes);
        assertThat(cleaned).containsOnly(2);
        assertThat(changes).containsExactly(new Change("holes filled in the foreground", 1, 1));
        // Background beyond an edge or a corner does not open it: neighbours share a face.
        ball[0] = 0;
        ball[1] = 0;
        assertThat(new Cleaning(List.of(new FillHoles())).apply(ball, shape, 1, changes)[13])
                .isEqualTo((byte) 2);
        // A hole that touches the border of the volume is none.
        ball[4] = 0;
        assertThat(new Cleaning(List.of(new FillHoles())).apply(ball, shape, 1, changes))
                .isEqualTo(ball);
    }

    @Test
    void littleOfAClassBecomesAnother() {
        Rare rule = new Rare(3, 1, "ET", "NCR/NET", Cleaning.ENHANCING_LEAST);
        assertThat(apply(249, rule, "3023")).isEqualTo(plane("1021"));
        assertThat(changes)
                .containsExactly(
                        new Change("all ET below 500.0 mm^3 together becomes NCR/NET", 1, 2));
        assertThat(apply(250, rule, "3023")).isEqualTo(plane("3023"));
        assertThat(changes.get(0).voxels()).isZero();
    }

    /** Against a plain search: two voxels are of one component if labels spread between them. */
    @Test
    void componentsAgreeWithAPlainSpread() {
        int[] shape = {5, 6, 4};
        SplittableRandom random = new SplittableRandom(3);
        boolean[] mask = new boolean[120];
        for (int v = 0; v < mask.length; v++) {
            mask[v] = random.nextInt(4) == 0;
        }
        for (Neighbourhood neighbourhood : Neighbourhood.values()) {
            Components found = Components.of(v -> mask[v], shape, neighbourhood);
            int[] spread = spread(mask, shape, neighbourhood == Neighbourhood.CORNERS);
            int[] sizes = new int[found.count() + 1];
            for (int v = 0; v < mask.length; v++) {
                assertThat(found.at(v) > 0).isEqualTo(mask[v]);
                sizes[found.at(v)]++;
                for (int w = 0; w < v; w++) {
                    if (mask[v] && mask[w]) {
                        assertThat(found.at(v) == found.at(w)).isEqualTo(spread[v] == spread[w]);
                    }
                }
            }
            assertThat(found.count()).isGreaterThan(2);
            for (int number = 1; number <= found.count(); number++) {
                assertThat(found.size(number)).isEqualTo(sizes[number]);
            }
        }
    }

    private static int[] spread(boolean[] mask, int[] shape, boolean corners) {
        int[] label = new int[mask.length];
        for (int v = 0; v < label.length; v++) {
            label[v] = v;
        }
        for (int round = 0; round < mask.length; round++) {
            for (int v = 0; v < mask.length; v++) {
                for (int w = 0; w < mask.length; w++) {
                    if (mask[v] && mask[w] && near(v, w, shape, corners)) {
                        label[v] = Math.min(label[v], label[w]);
                    }
                }
            }
        }
        return label;
    }

    private static boolean near(int v, int w, int[] shape, boolean corners) {
        int dx = Math.abs(v / shape[2] / shape[1] - w / shape[2] / shape[1]);
        int dy = Math.abs(v / shape[2] % shape[1] - w / shape[2] % shape[1]);
        int dz = Math.abs(v % shape[2] - w % shape[2]);
        return corners ? Math.max(dx, Math.max(dy, dz)) <= 1 : dx + dy + dz <= 1;
    }
}
