/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PhantomPartsTest {

    @Test
    void noiseIsSmoothCentredAndItsSeedsDiffer() {
        GradientNoise noise = new GradientNoise(4);
        GradientNoise other = new GradientNoise(5);
        SplittableRandom random = new SplittableRandom(1);
        double sum = 0;
        double squares = 0;
        double products = 0;
        int draws = 20_000;
        for (int i = 0; i < draws; i++) {
            double x = 1000 * random.nextDouble() - 500;
            double y = 1000 * random.nextDouble() - 500;
            double z = 1000 * random.nextDouble() - 500;
            double value = noise.at(x, y, z);
            assertThat(noise.at(x + 1e-6, y, z)).isEqualTo(value, within(1e-5));
            sum += value;
            squares += value * value;
            products += value * other.at(x, y, z);
        }
        assertThat(sum / draws).isEqualTo(0, within(0.01));
        assertThat(Math.sqrt(squares / draws)).isEqualTo(0.27, within(0.03));
        assertThat(products / squares).isEqualTo(0, within(0.05));
        assertThat(noise.at(3, -7, 12)).isZero();
    }

    @Test
    void solidsGiveDistances() {
        assertThat(Solids.ellipsoid(0, 7, 0, 5, 5, 5)).isEqualTo(2, within(1e-9));
        assertThat(Solids.ellipsoid(3, 0, 0, 5, 5, 5)).isEqualTo(-2, within(1e-9));
        assertThat(Solids.ellipsoid(0, 0, 0, 5, 4, 6)).isEqualTo(-4);
        assertThat(Solids.ellipsoid(10, 0, 0, 9, 30, 30)).isEqualTo(1, within(0.2));
        double[] p = {0, 0, 0, 1};
        double[] q = {10, 0, 0, 3};
        assertThat(Solids.tube(5, 4, 0, p, q)).isEqualTo(2, within(1e-9));
        assertThat(Solids.tube(-3, 0, 0, p, q)).isEqualTo(2, within(1e-9));
        assertThat(Solids.tube(14, 0, 0, p, q)).isEqualTo(1, within(1e-9));
        assertThat(Solids.union(1, 9, 4)).isEqualTo(1);
        assertThat(Solids.union(2, 2, 4)).isEqualTo(1);
        assertThat(Solids.share(-1, 1)).isZero();
        assertThat(Solids.share(0.25, 1)).isEqualTo(0.75);
        assertThat(Solids.share(3, 1)).isEqualTo(1);
    }

    @Test
    void tissuesAreSharesOfOneWhole() {
        BrainAnatomy anatomy = new BrainAnatomy(new SplittableRandom(3), 1);
        SplittableRandom random = new SplittableRandom(8);
        Tissue tissue = new Tissue();
        double[] most = new double[3];
        for (int i = 0; i < 20_000; i++) {
            anatomy.sample(
                    160 * random.nextDouble() - 80,
                    190 * random.nextDouble() - 95,
                    150 * random.nextDouble() - 75,
                    tissue);
            if (tissue.depth > 0) {
                assertThat(tissue.fluid).isBetween(0.0, 1.0);
                assertThat(tissue.grey).isBetween(0.0, 1.0);
                assertThat(tissue.white()).isBetween(0.0, 1.0);
                assertThat(tissue.ventricle).isLessThanOrEqualTo(tissue.fluid);
                most[0] = Math.max(most[0], tissue.fluid);
                most[1] = Math.max(most[1], tissue.grey);
                most[2] = Math.max(most[2], tissue.white());
            }
        }
        assertThat(most).containsOnly(1);
    }

    @Test
    void aPerfectScannerChangesNothingInAnEvenBrain() {
        PhantomSettings perfect =
                PhantomSettings.ofSeed(1).withShape(32, 32, 32).withImaging(0, 0, 1);
        float[] ideal = new float[perfect.voxels()];
        for (int i = 5000; i < 20_000; i++) {
            ideal[i] = 300;
        }
        short[] scan = new Scanner(perfect).scan(ideal, new SplittableRandom(1));
        for (int i = 0; i < scan.length; i++) {
            assertThat(scan[i]).isEqualTo((short) (i >= 5000 && i < 20_000 ? 300 : 0));
        }
    }

    @Test
    void noiseHasTheAskedStrength() {
        PhantomSettings noisy =
                PhantomSettings.ofSeed(1).withShape(32, 32, 32).withImaging(0.05, 0, 1);
        float[] ideal = new float[noisy.voxels()];
        Arrays.fill(ideal, 400);
        short[] scan = new Scanner(noisy).scan(ideal, new SplittableRandom(1));
        double sum = 0;
        double squares = 0;
        for (short value : scan) {
            sum += value;
            squares += (double) value * value;
        }
        double mean = sum / scan.length;
        assertThat(Math.sqrt(squares / scan.length - mean * mean)).isEqualTo(20, within(0.5));
    }
}
