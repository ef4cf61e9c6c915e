/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.phantom;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.core.LeaderSearch;
import io.github.gssloss.core.ModalityDice;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.Modality;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which modality shows which tissue, found from data: for each modality a naive Bayes classifier of
 * Gaussians, fitted to some phantoms, is evaluated on the voxels of others, and the search proposes
 * leaders.
 *
 * <p>A voxel's features are its intensity and the brightest of its surroundings, the least of what
 * a network sees: in t1ce the necrotic core is dark as much else is, but a bright rim is about it.
 */
class PhantomLeadersTest {

    private static final int EDGE = 48;
    private static final int REACH = 2;
    private static final int FITTED = 6;
    private static final int JUDGED = 4;
    private static final int CLASSES = Brats.BRATS2020.labels().classes();
    private static final List<String> MODALITIES =
            Brats.MODALITIES.stream().map(Modality::label).toList();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theSearchFindsTheGroupsTheContrastsWereBuiltFor(long seed) {
        PhantomSettings settings = PhantomSettings.ofSeed(seed).withShape(EDGE, EDGE, EDGE);
        Bayes bayes = new Bayes();
        for (int index = 0; index < FITTED; index++) {
            bayes.fit(new Brain(Phantom.generate(settings, index)));
        }
        LeaderSearch search = new LeaderSearch(MODALITIES, Brats.BRATS2020.labels().classNames());
        try (NDManager manager = NDManager.newBaseManager()) {
            for (int index = FITTED; index < FITTED + JUDGED; index++) {
                Brain brain = new Brain(Phantom.generate(settings, index));
                int voxels = brain.labels.length;
                NDList logits = new NDList();
                for (double[][] ofModality : bayes.logits(brain)) {
                    logits.add(manager.create(ofModality).reshape(1, CLASSES, voxels));
                }
                search.add(logits, manager.create(brain.labels, new Shape(1, voxels)));
            }
        }
        ModalityDice dice = search.dice();
        assertThat(dice.best())
                .as(dice::toString)
                .hasToString("BG: flair; NCR/NET: t1ce; ED: flair; ET: t1ce");
        // Nearly all of the brain is background, which every modality finds.
        assertThat(dice.within(0.1))
                .as(dice::toString)
                .hasToString("BG: flair, t1ce, t1, t2; NCR/NET: t1ce; ED: flair; ET: t1ce");
    }

    /** The brain's voxels of one phantom, intensities of mean 0 and deviation 1 as in training. */
    private static final class Brain {

        private final int[] labels;

        /** By modality, voxel and feature. */
        private final double[][][] features = new double[MODALITIES.size()][][];

        Brain(Phantom phantom) {
            short[] flair = phantom.image(Brats.FLAIR);
            int[] inside = IntStream.range(0, flair.length).filter(i -> flair[i] > 0).toArray();
            labels =
                    IntStream.of(inside)
                            .map(i -> Brats.BRATS2020.labels().classOf(phantom.labels()[i]))
                            .toArray();
            for (Modality modality : Brats.MODALITIES) {
                features[modality.index()] = features(phantom.image(modality), inside);
            }
        }

        private static double[][] features(short[] image, int[] inside) {
            double mean = IntStream.of(inside).map(i -> image[i]).average().orElseThrow();
            double variance =
                    IntStream.of(inside)
                            .mapToDouble(i -> (image[i] - mean) * (image[i] - mean))
                            .average()
                            .orElseThrow();
            double deviation = Math.sqrt(variance);
            return IntStream.of(inside)
                    .mapToObj(
                            i ->
                                    new double[] {
                                        (image[i] - mean) / deviation,
                                        (brightestAround(image, i) - mean) / deviation
                                    })
                    .toArray(double[][]::new);
        }

        private static double brightestAround(short[] image, int at) {
            int x = at / (EDGE * EDGE);
            int y = at / EDGE % EDGE;
            int z = at % EDGE;
            short brightest = 0;
            for (int i = first(x); i <= last(x); i++) {
                for (int j = first(y); j <= last(y); j++) {
                    for (int k = first(z); k <= last(z); k++) {
                        short value = image[(i * EDGE + j) * EDGE + k];
                        brightest = value > brightest ? value : brightest;
                    }
                }
            }
            return brightest;
        }

        private static int first(int at) {
            return Math.max(0, at - REACH);
        }

        private static int last(int at) {
            return Math.min(EDGE - 1, at + REACH);
        }
    }

    /** One Gaussian for every modality, class and feature: count, sum and sum of squares. */
    private static final class Bayes {

        private final double[][][][] sums = new double[MODALITIES.size()][CLASSES][2][3];

        void fit(Brain brain) {
            for (int m = 0; m < sums.length; m++) {
                for (int i = 0; i < brain.labels.length; i++) {
                    for (int f = 0; f < 2; f++) {
                        double x = brain.features[m][i][f];
                        double[] sum = sums[m][brain.labels[i]][f];
                        sum[0]++;
                        sum[1] += x;
                        sum[2] += x * x;
                    }
                }
            }
        }

        /** By modality and class: log of prior times density, but for a constant. */
        double[][][] logits(Brain brain) {
            double[][][] logits = new double[sums.length][CLASSES][];
            for (int m = 0; m < sums.length; m++) {
                for (int c = 0; c < CLASSES; c++) {
                    double[][] gaussians = sums[m][c];
                    logits[m][c] =
                            Arrays.stream(brain.features[m])
                                    .mapToDouble(x -> logPosterior(gaussians, x))
                                    .toArray();
                }
            }
            return logits;
        }

        private static double logPosterior(double[][] gaussians, double[] x) {
            double log = Math.log(gaussians[0][0]);
            for (int f = 0; f < x.length; f++) {
                double[] sum = gaussians[f];
                double mean = sum[1] / sum[0];
                double variance = sum[2] / sum[0] - mean * mean;
                double off = x[f] - mean;
                log -= (Math.log(variance) + off * off / variance) / 2;
            }
            return log;
        }
    }
}
