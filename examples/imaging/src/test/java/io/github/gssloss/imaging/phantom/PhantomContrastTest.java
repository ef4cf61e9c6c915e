/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.phantom;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.Modality;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What each sequence shows, measured: the distance of two classes' mean intensities in units of
 * their pooled standard deviation (Cohen's d), over heads brought to mean 0 and deviation 1 in the
 * brain. Class 0 is the tumour-free brain. The real patient checked had distances of the same
 * order.
 */
class PhantomContrastTest {

    private static final int HEADS = 12;

    /** Count, sum and sum of squares by modality and class. */
    private static final double[][][] SUMS = new double[4][4][3];

    @BeforeAll
    static void measure() {
        PhantomSettings settings = PhantomSettings.ofSeed(11).withShape(64, 64, 64);
        for (int index = 0; index < HEADS; index++) {
            Phantom phantom = Phantom.generate(settings, index);
            for (Modality modality : Brats.MODALITIES) {
                add(phantom.image(modality), phantom.labels(), SUMS[modality.index()]);
            }
        }
    }

    private static void add(short[] image, byte[] labels, double[][] sums) {
        double[] brain = new double[3];
        for (short value : image) {
            if (value > 0) {
                count(brain, value);
            }
        }
        double deviation = Math.sqrt(variance(brain));
        for (int i = 0; i < image.length; i++) {
            if (image[i] > 0) {
                int tumorClass = Brats.BRATS2020.labels().classOf(labels[i]);
                count(sums[tumorClass], (image[i] - mean(brain)) / deviation);
            }
        }
    }

    private static void count(double[] sum, double value) {
        sum[0]++;
        sum[1] += value;
        sum[2] += value * value;
    }

    private static double mean(double[] sum) {
        return sum[1] / sum[0];
    }

    private static double variance(double[] sum) {
        return sum[2] / sum[0] - mean(sum) * mean(sum);
    }

    private static double effect(Modality modality, int from, int to) {
        double[] one = SUMS[modality.index()][from];
        double[] two = SUMS[modality.index()][to];
        return (mean(two) - mean(one)) / Math.sqrt((variance(one) + variance(two)) / 2);
    }

    @ParameterizedTest(name = "{0}: class {2} brighter than {1} by at least {3}")
    @CsvSource({
        "flair, 0, 2, 2.5",
        "flair, 1, 2, 1.0",
        "flair, 3, 2, 0.8",
        "t1ce, 0, 3, 2.0",
        "t1ce, 1, 3, 2.5",
        "t1ce, 2, 3, 2.0",
        "t1ce, 1, 2, 1.0",
        "t2, 0, 2, 0.9",
        "t2, 0, 1, 1.2",
        "t2, 3, 1, 1.2",
        "t2, 3, 2, 0.8",
    })
    void separates(String name, int darker, int brighter, double bound) {
        Modality modality = Brats.BRATS2020.modality(name);
        assertThat(effect(modality, darker, brighter)).isGreaterThan(bound);
    }

    @ParameterizedTest(name = "{0}: classes {1} and {2} closer than {3}")
    @CsvSource({
        "flair, 1, 3, 0.5", "t1ce, 0, 2, 0.8", "t2, 1, 2, 0.7", "t2, 0, 3, 0.8",
        "t1, 0, 1, 1.0", "t1, 0, 2, 0.6", "t1, 0, 3, 0.7", "t1, 1, 3, 0.8",
    })
    void confuses(String name, int one, int two, double bound) {
        Modality modality = Brats.BRATS2020.modality(name);
        assertThat(Math.abs(effect(modality, one, two))).isLessThan(bound);
    }

    @Test
    void showsTheTumourFarLessInT1ThanInFlair() {
        for (int tumorClass = 1; tumorClass < 4; tumorClass++) {
            double inT1 = Math.abs(effect(Brats.T1, 0, tumorClass));
            double inFlair = Math.abs(effect(Brats.FLAIR, 0, tumorClass));
            assertThat(inT1).isLessThan(inFlair / 2);
        }
    }

    @Test
    void weakensTheTumourWithTheContrastSetting() {
        PhantomSettings full = PhantomSettings.ofSeed(3).withShape(40, 40, 40);
        PhantomSettings weak = full.withImaging(full.noise(), full.bias(), 0.3);
        assertThat(oedemaInFlair(Phantom.generate(weak, 0)))
                .isLessThan(0.9 * oedemaInFlair(Phantom.generate(full, 0)));
    }

    /** Mean of the oedema in flair, relative to that of the other brain. */
    private static double oedemaInFlair(Phantom phantom) {
        double[] oedema = new double[3];
        double[] other = new double[3];
        short[] image = phantom.image(Brats.FLAIR);
        for (int i = 0; i < image.length; i++) {
            if (image[i] > 0) {
                count(phantom.labels()[i] == 2 ? oedema : other, image[i]);
            }
        }
        return mean(oedema) / mean(other);
    }
}
