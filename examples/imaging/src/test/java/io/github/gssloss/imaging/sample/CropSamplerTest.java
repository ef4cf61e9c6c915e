/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.prepare.BoundingBox;
import io.github.gssloss.imaging.prepare.CasePreparation;
import io.github.gssloss.imaging.prepare.Padding;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.prepare.SyntheticCase;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CropSamplerTest {

    private static final int[] CROP = {5, 4, 6};

    @TempDir private Path folder;
    private List<PreparedCase> cases;

    @BeforeEach
    void writeCases() {
        CasePreparation preparation = new CasePreparation(Brats.BRATS2020, CROP);
        for (int i = 0; i < 3; i++) {
            SyntheticCase.write(
                    folder, "case" + i, new int[] {9, 9, 9}, new BoundingBox(1, 1, 1, 7, 6, 8), i);
        }
        cases = CaseFiles.find(folder).stream().map(preparation::prepare).toList();
    }

    private CropSampler sampler(Augmentation augmentation, long perEpoch) {
        return sampler(cases, augmentation, perEpoch);
    }

    private static CropSampler sampler(
            List<PreparedCase> cases, Augmentation augmentation, long perEpoch) {
        return new CropSampler(
                cases,
                new CropPosition(CROP, 0, ForegroundDraw.VOXEL),
                augmentation,
                SubsetDraw.UNIFORM,
                5,
                perEpoch);
    }

    @Test
    void cropsAreThoseOfThePreparedCase() {
        CropSampler sampler = sampler(Augmentation.NONE, 10);
        for (int i = 0; i < 10; i++) {
            CropSample sample = sampler.sample(3, i);
            assertThat(sampler.caseName(3, i)).isEqualTo(sample.caseName());
            PreparedCase source =
                    cases.stream()
                            .filter(c -> c.name().equals(sample.caseName()))
                            .findFirst()
                            .orElseThrow();
            float[] images = new float[4 * 120];
            byte[] labels = new byte[120];
            source.copyImages(sample.part(), images);
            source.copyLabels(sample.part(), labels);
            assertThat(sample.crop().images()).isEqualTo(images);
            assertThat(sample.crop().labels()).isEqualTo(labels);
        }
    }

    @Test
    void switchingAugmentationOffChangesNothingElse() {
        for (int i = 0; i < 10; i++) {
            CropSample plain = sampler(Augmentation.NONE, 10).sample(0, i);
            CropSample augmented = sampler(Augmentation.PAPER, 10).sample(0, i);
            assertThat(augmented.caseName()).isEqualTo(plain.caseName());
            assertThat(augmented.part()).isEqualTo(plain.part());
            assertThat(augmented.subset()).isEqualTo(plain.subset());
            assertThat(augmented.crop().images()).isNotEqualTo(plain.crop().images());
        }
    }

    /** A rotation fills with -1, a shift of intensity moves 0: an absent image stays 0. */
    @Test
    void anAugmentationLeavesAbsentImagesAt0AndTheOthersAsTheyWouldBe() {
        PreparedCase whole = cases.get(0);
        Set<Modality> hidden = Set.of(Brats.FLAIR, Brats.T1);
        PreparedCase gaps =
                new CasePreparation(Brats.BRATS2020, CROP).prepare(whole.files().without(hidden));
        assertThat(gaps.box()).isEqualTo(whole.box());
        int voxels = 5 * 4 * 6;
        for (int i = 0; i < 20; i++) {
            CropSample all = sampler(List.of(whole), Augmentation.PAPER, 20).sample(0, i);
            CropSample some = sampler(List.of(gaps), Augmentation.PAPER, 20).sample(0, i);
            float[] images = some.crop().images();
            for (int m : new int[] {0, 2}) {
                assertThat(Arrays.copyOfRange(images, m * voxels, (m + 1) * voxels))
                        .containsOnly(0);
            }
            for (int m : new int[] {1, 3}) {
                assertThat(Arrays.copyOfRange(images, m * voxels, (m + 1) * voxels))
                        .isEqualTo(
                                Arrays.copyOfRange(
                                        all.crop().images(), m * voxels, (m + 1) * voxels));
            }
            assertThat(some.crop().labels()).isEqualTo(all.crop().labels());
            assertThat(some.present()).isEqualTo(ModalitySubset.of(Brats.T1CE, Brats.T2));
            assertThat(some.present().modalities()).containsAll(some.subset().modalities());
        }
    }

    @Test
    void takesEveryCaseEquallyOftenInChangingOrder() {
        // Epochs of 4 samples cut the rounds of 3 cases, and still no case is preferred.
        CropSampler sampler = sampler(Augmentation.NONE, 4);
        Set<List<Integer>> orders = new HashSet<>();
        for (int round = 0; round < 200; round++) {
            Integer[] order = new Integer[3];
            for (int k = 0; k < 3; k++) {
                int number = 3 * round + k;
                order[k] = sampler.caseOf(number / 4, number % 4);
            }
            assertThat(order).containsExactlyInAnyOrder(0, 1, 2);
            orders.add(Arrays.asList(order));
        }
        assertThat(orders).hasSize(6);
    }

    @Test
    void uniformCropsReachEveryPositionEquallyOften() {
        CropPosition position = new CropPosition(CROP, 0, ForegroundDraw.VOXEL);
        int[] counts = new int[3 * 3 * 3];
        for (int i = 0; i < 27_000; i++) {
            BoundingBox part = position.draw(Seeds.generator(1, i), cases.get(0));
            assertThat(part.size()).containsExactly(CROP);
            counts[(part.x() * 3 + part.y()) * 3 + part.z()]++;
        }
        // Four and a half standard deviations about the expected 1000.
        assertThat(Arrays.stream(counts)).allMatch(n -> n > 858 && n < 1142);
    }

    @Test
    void tumourCropsHoldTumourForTheShareAskedFor() {
        PreparedCase speck = speck();
        assertThat(holdingTumour(speck, 1)).isEqualTo(2000);
        int uniform = holdingTumour(speck, 0);
        assertThat(uniform).isBetween(1, 200);
        assertThat(holdingTumour(speck, 0.5)).isBetween(900, 1200);
    }

    @Test
    void caseWithoutTumourGivesUniformCrops() {
        SyntheticCase made = new SyntheticCase(folder, "case0", 9, 9, 9);
        made.labels("_seg", new byte[729]);
        PreparedCase healthy =
                new CasePreparation(Brats.BRATS2020, CROP)
                        .prepare(CaseFiles.find(made.folder()).get(0));
        Set<BoundingBox> parts = new HashSet<>();
        CropPosition position = new CropPosition(CROP, 1, ForegroundDraw.VOXEL);
        for (int i = 0; i < 500; i++) {
            parts.add(position.draw(new SplittableRandom(i), healthy));
        }
        assertThat(parts).hasSize(27);
    }

    /** The case is larger than the crop along x, and smaller along y and z. */
    @Test
    void cropsOfASmallCaseAreThoseOfThePaddedVolume() {
        PreparedCase source = cases.get(1);
        int[] crop = {2, 12, 17};
        Padding padding = Padding.to(source.shape(), crop);
        float[] background = padding.background(source.images());
        float[] images = padding.pad(source.images(), background);
        byte[] labels = padding.pad(source.labels());
        CropSampler sampler =
                new CropSampler(
                        List.of(source),
                        new CropPosition(crop, 0.5, ForegroundDraw.VOXEL),
                        Augmentation.NONE,
                        SubsetDraw.UNIFORM,
                        5,
                        20);
        Set<Integer> firsts = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            CropSample sample = sampler.sample(0, i);
            BoundingBox part = sample.part();
            assertThat(part.size()).containsExactly(crop);
            assertThat(sample.crop().images()).isEqualTo(part.cut(images, padding.shape()));
            assertThat(sample.crop().labels()).isEqualTo(part.cut(labels, padding.shape()));
            firsts.add(part.x());
        }
        assertThat(firsts).hasSizeGreaterThan(3);
    }

    private static int holdingTumour(PreparedCase source, double fraction) {
        CropPosition position =
                new CropPosition(new int[] {6, 6, 6}, fraction, ForegroundDraw.VOXEL);
        int holding = 0;
        byte[] labels = new byte[216];
        for (int i = 0; i < 2000; i++) {
            BoundingBox part = position.draw(Seeds.generator(8, i), source);
            source.copyLabels(part, labels);
            for (byte label : labels) {
                if (label != 0) {
                    holding++;
                    break;
                }
            }
        }
        return holding;
    }

    /** A case of 20^3 voxels with a tumour of three voxels, one of them in the corner. */
    private PreparedCase speck() {
        int[] shape = {20, 20, 20};
        CaseFiles files =
                SyntheticCase.write(
                        folder, "speck", shape, new BoundingBox(0, 0, 0, 20, 20, 20), 1);
        byte[] labels = new byte[8000];
        labels[0] = 1;
        labels[1] = 4;
        labels[8000 - 1] = 2;
        new SyntheticCase(folder, "speck", shape).labels("_seg", labels);
        return new CasePreparation(Brats.BRATS2020, 6).prepare(files);
    }
}
