/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.DatasetKind;
import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.Region;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaseTruthTest {

    private static final float[] MM = {1, 1, 1};

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void agreesWithSetsOfVoxels(int classes) {
        DataDescription description = classes == 4 ? Brats.BRATS2020 : Brats.BRATS2015;
        int[] shape = {9, 8, 7};
        Random random = new Random(classes);
        byte[] labels = random(shape, classes, random);
        CaseTruth truth = new CaseTruth(labels, shape, new float[] {1, 2, 0.5f}, description);
        for (int i = 0; i < 10; i++) {
            byte[] prediction = random(shape, classes, random);
            for (Region region : description.regions()) {
                List<Integer> members = region.classes();
                Set<Integer> predicted = where(prediction, members);
                Set<Integer> there = where(labels, members);
                Set<Integer> both = new HashSet<>(predicted);
                both.retainAll(there);
                Set<Integer> either = new HashSet<>(predicted);
                either.addAll(there);
                double outside = labels.length - there.size();

                Measures measures = truth.measure(prediction).get(region);

                double dice = 2.0 * both.size() / (predicted.size() + there.size());
                assertThat(measures.dice()).isCloseTo(dice, within(1e-9));
                assertThat(measures.sensitivity())
                        .isCloseTo(both.size() / (double) there.size(), within(1e-12));
                assertThat(measures.specificity())
                        .isCloseTo((labels.length - either.size()) / outside, within(1e-12));
                assertThat(measures.precision())
                        .isCloseTo(both.size() / (double) predicted.size(), within(1e-12));
                // Fewer than 500 voxels in all, so no enhancing tumour passes.
                assertThat(measures.dicePost())
                        .isCloseTo(region.smallIsNone() ? 0 : dice, within(1e-9));
            }
        }
    }

    /** Voxels that nobody labelled are as if they were not there: by counting the others alone. */
    @Test
    void ignoredVoxelsCountInNoMeasure() {
        LabelSet labels =
                new LabelSet(List.of("background", "a", "b"), List.of(0, 1, 2), OptionalInt.of(9));
        Region a = new Region("a", "a", List.of(1), false);
        Region both = new Region("both", "both", List.of(1, 2), false);
        DataDescription description =
                new DataDescription(
                        DatasetKind.NNUNET,
                        "ignoring",
                        Modality.of(List.of("x")),
                        labels,
                        List.of(a, both));
        int[] shape = {6, 5, 4};
        Random random = new Random(3);
        byte[] truth = random(shape, 3, random);
        byte[] ignoring = truth.clone();
        // A block at one end: the surfaces of the rest lie where they would without it.
        Arrays.fill(ignoring, 4 * 20, 120, (byte) LabelSet.IGNORED);
        byte[] rest = Arrays.copyOf(truth, 80);
        MeasureSettings all =
                new MeasureSettings(
                        Optional.of(LesionSettings.parse("0x0", "")),
                        OptionalDouble.of(1),
                        true,
                        MeasureSettings.USUAL.emptyHd95());
        CaseTruth whole = new CaseTruth(ignoring, shape, MM, description).measuring(all);
        CaseTruth part = new CaseTruth(rest, new int[] {4, 5, 4}, MM, description).measuring(all);
        for (int i = 0; i < 5; i++) {
            byte[] prediction = random(shape, 3, random);
            Map<Region, Measures> expected = part.measure(Arrays.copyOf(prediction, 80));
            Map<Region, Measures> found = whole.measure(prediction);
            assertThat(found).isEqualTo(expected);
            byte[] otherwise = prediction.clone();
            Arrays.fill(otherwise, 80, 120, (byte) 2);
            assertThat(whole.measure(otherwise)).isEqualTo(found);
        }
        byte[] labelled = ignoring.clone();
        Arrays.fill(labelled, 80, 120, (byte) 0);
        byte[] found = new byte[120];
        Arrays.fill(found, 60, 120, (byte) 1);
        // Labelled background would make what was found there wrong.
        double known = whole.measure(found).get(a).precision();
        assertThat(
                        new CaseTruth(labelled, shape, MM, description)
                                .measure(found)
                                .get(a)
                                .precision())
                .isCloseTo(known / 3, within(1e-12));
    }

    @Test
    void fiveHundredEnhancingVoxelsAreEnough() {
        int[] shape = {10, 10, 10};
        byte[] labels = new byte[1000];
        Arrays.fill(labels, 0, 400, (byte) 3);
        byte[] without = new byte[1000];
        byte[] enough = new byte[1000];
        Arrays.fill(enough, 0, 500, (byte) 3);
        byte[] tooFew = enough.clone();
        tooFew[0] = 1;

        assertThat(post(labels, shape, enough)).isCloseTo(800 / 900.0, within(1e-9));
        assertThat(post(labels, shape, tooFew)).isZero();
        assertThat(post(without, shape, enough)).isZero();
        assertThat(post(without, shape, tooFew)).isEqualTo(1);
        // The rule leaves the other regions and the other measures alone.
        CaseTruth truth = new CaseTruth(without, shape, MM, Brats.BRATS2020);
        Measures whole = truth.measure(tooFew).get(Brats.WHOLE);
        assertThat(whole.dicePost()).isEqualTo(whole.dice()).isZero();
        assertThat(truth.measure(tooFew).get(Brats.ENHANCING).dice()).isZero();
    }

    /** The volume as {@code voxels * numpy.prod(spacing)}, compared with 500 mm3. */
    @ParameterizedTest
    @CsvSource({
        // spacing, the fewest voxels that are enough
        "1, 1, 1, 500",
        "0.5, 0.5, 1, 2000",
        "1, 1, 5, 100",
        "0.1, 10, 1, 500",
        "0.9375, 0.9375, 1.5, 380",
        "4.20770216, 4.20770216, 4.20770216, 7"
    })
    void enoughEnhancingTumourByVolume(float x, float y, float z, int fewest) {
        int[] shape = {10, 20, 20};
        byte[] none = new byte[4000];
        CaseTruth truth = new CaseTruth(none, shape, new float[] {x, y, z}, Brats.BRATS2020);
        byte[] prediction = new byte[4000];
        Arrays.fill(prediction, 0, fewest, (byte) 3);
        Measures enough = truth.measure(prediction).get(Brats.ENHANCING);
        Measures core = truth.measure(prediction).get(Brats.CORE);
        prediction[0] = 0;
        Measures tooFew = truth.measure(prediction).get(Brats.ENHANCING);

        // Nothing truly enhances: what is taken as none is right.
        assertThat(enough.dicePostMm3()).isZero();
        assertThat(tooFew.dicePostMm3()).isEqualTo(1);
        assertThat(core.dicePostMm3()).isZero();
        assertThat(tooFew.dicePost()).isEqualTo(fewest - 1 < 500 ? 1 : 0);
    }

    private static double post(byte[] labels, int[] shape, byte[] prediction) {
        return new CaseTruth(labels, shape, MM, Brats.BRATS2020)
                .measure(prediction)
                .get(Brats.ENHANCING)
                .dicePost();
    }

    static List<Region> regions() {
        return Brats.BRATS2020.regions();
    }

    @ParameterizedTest
    @MethodSource("regions")
    void emptyMasks(Region region) {
        int[] shape = {2, 2, 2};
        byte[] nothing = new byte[8];
        byte[] some = {3, 0, 0, 0, 0, 0, 0, 0};
        byte[] all = {3, 3, 3, 3, 3, 3, 3, 3};
        CaseTruth empty = new CaseTruth(nothing, shape, MM, Brats.BRATS2020);
        assertThat(empty.measure(nothing).get(region)).isEqualTo(new Measures(1, 1, 1, 1, 1, 1, 0));
        boolean post = region.equals(Brats.ENHANCING);
        assertThat(empty.measure(some).get(region))
                .isEqualTo(new Measures(0, post ? 1 : 0, post ? 1 : 0, 0, 7 / 8.0, 0, 373.13));
        assertThat(new CaseTruth(some, shape, MM, Brats.BRATS2020).measure(nothing).get(region))
                .isEqualTo(new Measures(0, 0, 0, 0, 1, 0, 373.13));
        assertThat(new CaseTruth(all, shape, MM, Brats.BRATS2020).measure(all).get(region))
                .isEqualTo(new Measures(1, post ? 0 : 1, post ? 0 : 1, 1, 1, 1, 0));
        assertThat(Measures.EMPTY_MASKS).contains("373.13 mm");
    }

    @Test
    void refusesWhatDoesNotFit() {
        int[] shape = {1, 1, 2};
        assertThatThrownBy(() -> new CaseTruth(new byte[] {4, 0}, shape, MM, Brats.BRATS2020))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("class map: expected classes 0 to 3, got 4");
        CaseTruth truth = new CaseTruth(new byte[2], shape, MM, Brats.BRATS2020);
        assertThatThrownBy(() -> truth.measure(new byte[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prediction: expected 2 voxels as the truth has, got 3");
        assertThatThrownBy(() -> truth.measure(new byte[] {0, 5}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("class map: expected classes 0 to 3, got 5");
    }

    private static byte[] random(int[] shape, int classes, Random random) {
        byte[] map = new byte[shape[0] * shape[1] * shape[2]];
        for (int v = 0; v < map.length; v++) {
            map[v] = (byte) random.nextInt(classes);
        }
        return map;
    }

    private static Set<Integer> where(byte[] map, List<Integer> classes) {
        Set<Integer> voxels = new HashSet<>();
        for (int v = 0; v < map.length; v++) {
            if (classes.contains((int) map[v])) {
                voxels.add(v);
            }
        }
        return voxels;
    }
}
