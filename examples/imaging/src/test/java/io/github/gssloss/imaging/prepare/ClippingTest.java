/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClippingTest {

    @TempDir private Path folder;

    /** The lowest value that a share of the others do not exceed, found by counting. */
    private static float plain(List<Float> values, double percent) {
        List<Float> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        for (float candidate : sorted) {
            long below = values.stream().filter(one -> one <= candidate).count();
            if (100.0 * below >= percent * values.size()) {
                return candidate;
            }
        }
        return sorted.get(sorted.size() - 1);
    }

    @Test
    void valuesBeyondPercentilesOfTheForegroundBecomeThem() {
        SplittableRandom random = new SplittableRandom(3);
        Clipping clipping = Clipping.parse("2.5-90");
        for (int round = 0; round < 100; round++) {
            int voxels = 1 + random.nextInt(60);
            float[] images = new float[2 * voxels];
            byte[] inside = new byte[voxels];
            List<Float> foreground = new ArrayList<>();
            for (int v = 0; v < voxels; v++) {
                inside[v] = (byte) (v == 0 || random.nextInt(3) > 0 ? 1 : 0);
                images[v] = -1000;
                images[voxels + v] = random.nextInt(40);
                if (inside[v] == 1) {
                    foreground.add(images[voxels + v]);
                }
            }
            float low = plain(foreground, 2.5);
            float high = plain(foreground, 90);
            float[] expected = images.clone();
            for (int v = voxels; v < 2 * voxels; v++) {
                expected[v] = Math.max(low, Math.min(high, images[v]));
            }

            clipping.apply(Brats.T1CE, images, voxels, inside);

            assertThat(images).containsExactly(expected);
        }
    }

    @Test
    void aCaseIsStandardisedAfterwards() {
        CaseFiles files =
                SyntheticCase.write(
                        folder, "A", new int[] {9, 8, 7}, new BoundingBox(1, 1, 1, 7, 6, 5), 4);
        CasePreparation plain = new CasePreparation(Brats.BRATS2020, 4);
        CasePreparation clipped = plain.with(Clipping.parse("t1=10-90"));
        float[] without = plain.prepare(files).images();
        float[] with = clipped.prepare(files).images();
        int voxels = with.length / 4;
        for (int m = 0; m < 4; m++) {
            float[] before = Arrays.copyOfRange(without, m * voxels, (m + 1) * voxels);
            float[] after = Arrays.copyOfRange(with, m * voxels, (m + 1) * voxels);
            assertThat(Arrays.equals(before, after)).isEqualTo(m != Brats.T1.index());
        }
        assertThat(clipped.record().fields())
                .containsEntry("clip", "percentiles of the foreground, t1=10.0-90.0");
        assertThat(plain.record().fields()).doesNotContainKey("clip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "0.5-99.5", "LGE=0.5-99.5,T2=1.0-99.0"})
    void readsWhatItWrites(String text) {
        assertThat(Clipping.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "9-3", "0-101", "-1-50", "a-b", "LGE", "LGE=1", "A=1-2,A=1-2"})
    void refusesWhatIsNoRange(String text) {
        assertThatThrownBy(() -> Clipping.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected " + Clipping.EXPECTED + ", got '" + text + "'");
    }

    @Test
    void refusesOtherModalities() {
        assertThatThrownBy(() -> Clipping.parse("LGE=1-99").checkFor(Brats.MODALITIES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("clip: expected modalities of [flair, t1ce, t1, t2], got [LGE]");
    }
}
