/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.phantom;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.Modality;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhantomTest {

    private static final PhantomSettings SMALL = PhantomSettings.ofSeed(5).withShape(40, 44, 36);

    @Test
    void givesTheSamePhantomForTheSameSeedAndIndex() {
        Phantom one = Phantom.generate(SMALL, 3);
        Phantom.generate(SMALL, 0);
        Phantom two = Phantom.generate(SMALL, 3);
        assertThat(two.labels()).isEqualTo(one.labels());
        for (Modality modality : Brats.MODALITIES) {
            assertThat(two.image(modality)).isEqualTo(one.image(modality));
        }
    }

    @Test
    void givesEachSeedAndIndexAPhantomOfItsOwn() {
        Set<Integer> seen = new HashSet<>();
        for (long seed : new long[] {-1, 0, 1, 2, Long.MAX_VALUE}) {
            PhantomSettings settings = PhantomSettings.ofSeed(seed).withShape(32, 32, 32);
            for (int index = 0; index < 3; index++) {
                Phantom phantom = Phantom.generate(settings, index);
                seen.add(Arrays.hashCode(phantom.image(Brats.T1)));
            }
        }
        assertThat(seen).hasSize(15);
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 48})
    void showsTheBrainInEverySequenceAndNothingAround(int size) {
        PhantomSettings settings = PhantomSettings.ofSeed(9).withShape(size, size, size);
        for (int index = 0; index < 4; index++) {
            Phantom phantom = Phantom.generate(settings, index);
            byte[] labels = phantom.labels();
            int wrong = 0;
            for (int i = 0; i < labels.length; i++) {
                boolean brain = phantom.image(Brats.FLAIR)[i] > 0;
                for (Modality modality : Brats.MODALITIES) {
                    short value = phantom.image(modality)[i];
                    wrong += (value > 0) != brain || value < 0 || value > 5000 ? 1 : 0;
                }
                boolean known = Brats.BRATS2020.labels().classOf(labels[i]) >= 0;
                wrong += !known || (labels[i] != 0 && !brain) ? 1 : 0;
            }
            assertThat(wrong).isZero();
            assertThat(borderIsEmpty(phantom)).isTrue();
        }
    }

    private static boolean borderIsEmpty(Phantom phantom) {
        PhantomSettings s = phantom.settings();
        short[] image = phantom.image(Brats.T2);
        for (int x = 0; x < s.nx(); x++) {
            for (int y = 0; y < s.ny(); y++) {
                for (int z = 0; z < s.nz(); z++) {
                    boolean border =
                            x == 0
                                    || y == 0
                                    || x == s.nx() - 1
                                    || y == s.ny() - 1
                                    || z == s.nz() - 1;
                    if (border && image[(x * s.ny() + y) * s.nz() + z] != 0) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    @Test
    void keepsVolumesPlausibleAndTheRimAroundTheCore() {
        PhantomSettings settings = PhantomSettings.ofSeed(21).withShape(56, 64, 52);
        double millilitres = Math.pow(settings.voxelSize(), 3) / 1000;
        double smallest = Double.MAX_VALUE;
        double largest = 0;
        for (int index = 0; index < 20; index++) {
            Phantom phantom = Phantom.generate(settings, index);
            int[] count = new int[5];
            int brain = 0;
            for (int i = 0; i < phantom.labels().length; i++) {
                count[phantom.labels()[i]]++;
                brain += phantom.image(Brats.T1)[i] > 0 ? 1 : 0;
            }
            assertThat(brain * millilitres).as("brain in ml").isBetween(1000.0, 1900.0);
            assertThat(count[1] / (double) brain).as("NCR").isBetween(0.0005, 0.04);
            assertThat(count[2] / (double) brain).as("ED").isBetween(0.004, 0.12);
            assertThat(count[4] / (double) brain).as("ET").isBetween(0.001, 0.04);
            assertThat(touching(phantom, 4, 1)).as("rim beside core").isGreaterThan(0.25);
            double whole = (count[1] + count[2] + count[4]) / (double) brain;
            smallest = Math.min(smallest, whole);
            largest = Math.max(largest, whole);
        }
        assertThat(largest / smallest).as("sizes vary").isGreaterThan(2);
    }

    /** Share of the voxels of one label that have one of another among their 26 neighbours. */
    private static double touching(Phantom phantom, int label, int other) {
        PhantomSettings s = phantom.settings();
        byte[] labels = phantom.labels();
        int all = 0;
        int touching = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != label) {
                continue;
            }
            boolean found = false;
            for (int k = 0; k < 27; k++) {
                int to = i + ((k / 9 - 1) * s.ny() + k / 3 % 3 - 1) * s.nz() + k % 3 - 1;
                found |= labels[to] == other;
            }
            all++;
            touching += found ? 1 : 0;
        }
        return touching / (double) all;
    }

    @Test
    void putsTumoursInDifferentPlaces() {
        Set<String> quarters = new HashSet<>();
        for (int index = 0; index < 16; index++) {
            Phantom phantom = Phantom.generate(SMALL, index);
            double[] sum = new double[4];
            for (int i = 0; i < phantom.labels().length; i++) {
                if (phantom.labels()[i] != 0) {
                    sum[0]++;
                    int x = i / (SMALL.ny() * SMALL.nz());
                    sum[1] += x;
                    int y = i / SMALL.nz() % SMALL.ny();
                    sum[2] += y;
                }
            }
            quarters.add(
                    (sum[1] / sum[0] < SMALL.nx() / 2.0)
                            + " "
                            + (sum[2] / sum[0] < SMALL.ny() / 2.0));
        }
        assertThat(quarters).hasSize(4);
    }

    @Test
    void leavesTheRimOutWhereAsked() {
        int enhancing = 0;
        for (int index = 0; index < 20; index++) {
            byte[] none = Phantom.generate(SMALL.withoutEnhancing(1), index).labels();
            assertThat(none).doesNotContain((byte) 4).contains((byte) 1, (byte) 2);
            byte[] half = Phantom.generate(SMALL.withoutEnhancing(0.5), index).labels();
            enhancing += contains(half, 4) ? 1 : 0;
        }
        assertThat(enhancing).isBetween(4, 16);
    }

    private static boolean contains(byte[] labels, int label) {
        for (byte value : labels) {
            if (value == label) {
                return true;
            }
        }
        return false;
    }

    @Test
    void joinsEveryLabelledVoxelToTheCore() {
        byte[] labels = {0, 0, 0, 1, 2, 0, 0, 0, 2, 0, 0, 0};
        assertThat(Islands.apartFromCore(labels, 1, 1, 12)).containsExactly(8);
        assertThat(Islands.apartFromCore(labels, 1, 3, 4)).containsExactly(4, 8);
        Phantom phantom = Phantom.generate(SMALL, 1);
        assertThat(Islands.apartFromCore(phantom.labels(), SMALL.nx(), SMALL.ny(), SMALL.nz()))
                .isEmpty();
    }
}
