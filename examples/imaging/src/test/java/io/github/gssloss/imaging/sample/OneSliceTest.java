/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.prepare.BoundingBox;
import io.github.gssloss.imaging.prepare.CasePreparation;
import io.github.gssloss.imaging.prepare.Padding;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.prepare.SyntheticCase;
import io.github.gssloss.imaging.segment.SlidingWindow;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Crops of one slice along any axis. */
class OneSliceTest {

    @TempDir private Path folder;

    private static int[] slice(int axis, int first, int second) {
        int[] size = new int[3];
        size[axis] = 1;
        size[axis == 0 ? 1 : 0] = first;
        size[axis == 2 ? 1 : 2] = second;
        return size;
    }

    /** A case of two large classes and one of a single voxel, in a plane of its own. */
    private PreparedCase uneven(int... crop) {
        int[] shape = {12, 12, 12};
        CaseFiles files =
                SyntheticCase.write(
                        folder, "uneven", shape, new BoundingBox(0, 0, 0, 12, 12, 12), 4);
        byte[] labels = new byte[12 * 12 * 12];
        Arrays.fill(labels, 0, 700, (byte) 1);
        Arrays.fill(labels, 800, 840, (byte) 2);
        labels[labels.length - 1] = 4;
        new SyntheticCase(folder, "uneven", shape).labels("_seg", labels);
        return new CasePreparation(Brats.BRATS2020, crop).prepare(files);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void everyClassIsMetInAsManySlices(int axis) {
        int[] crop = slice(axis, 4, 4);
        PreparedCase source = uneven(crop);
        CropPosition position = new CropPosition(crop, 1, ForegroundDraw.CLASS);
        int[] met = new int[4];
        byte[] labels = new byte[16];
        Set<Integer> planes = new HashSet<>();
        for (int i = 0; i < 3000; i++) {
            BoundingBox part = position.draw(Seeds.generator(6, i), source);
            assertThat(part.size()).containsExactly(crop);
            planes.add(part.origin()[axis]);
            source.copyLabels(part, labels);
            boolean[] seen = new boolean[4];
            for (byte label : labels) {
                seen[label] = true;
            }
            for (int c = 0; c < 4; c++) {
                met[c] += seen[c] ? 1 : 0;
            }
        }
        // A third of the crops each, and more where two classes lie in one slice.
        assertThat(met[1]).isGreaterThan(850);
        assertThat(met[2]).isGreaterThan(850);
        assertThat(met[3]).isBetween(850, 1150);
        assertThat(planes).hasSizeGreaterThan(5);
    }

    @Test
    void aVoxelIsDrawnByClassOrAmongAll() {
        byte[] labels = {0, 1, 1, 1, 3, 0, -1, 1, 1, 1};
        int[] byVoxel = new int[labels.length];
        int[] byClass = new int[labels.length];
        for (int i = 0; i < 7000; i++) {
            byVoxel[ForegroundDraw.VOXEL.draw(Seeds.generator(3, i), labels)]++;
            byClass[ForegroundDraw.CLASS.draw(Seeds.generator(4, i), labels)]++;
        }
        for (int v = 0; v < labels.length; v++) {
            int share = labels[v] <= 0 ? 0 : 1000;
            assertThat(byVoxel[v]).isCloseTo(share, within(150));
            int ofClass = labels[v] <= 0 ? 0 : labels[v] == 3 ? 3500 : 583;
            assertThat(byClass[v]).isCloseTo(ofClass, within(200));
            if (labels[v] <= 0) {
                assertThat(byVoxel[v] + byClass[v]).isZero();
            }
        }
        byte[] nothing = {0, -1, 0};
        for (ForegroundDraw draw : ForegroundDraw.values()) {
            assertThat(draw.draw(new SplittableRandom(1), nothing)).isEqualTo(ForegroundDraw.NONE);
        }
    }

    /** As every run has drawn it so far: the n-th voxel that is not background. */
    @Test
    void amongAllVoxelsTheDrawIsTheOneOfEarlierRuns() {
        byte[] labels = uneven(4, 4, 4).labels();
        for (int i = 0; i < 500; i++) {
            int[] foreground =
                    IntStream.range(0, labels.length).filter(v -> labels[v] != 0).toArray();
            int expected = foreground[Seeds.generator(9, i).nextInt(foreground.length)];
            assertThat(ForegroundDraw.VOXEL.draw(Seeds.generator(9, i), labels))
                    .isEqualTo(expected);
        }
    }

    /** Crops of one slice draw by class, all others by voxel, unless told otherwise. */
    @ParameterizedTest
    @CsvSource({"1,5,5,CLASS", "5,5,1,CLASS", "5,5,5,VOXEL"})
    void theDrawFollowsFromTheCrop(int x, int y, int z, ForegroundDraw usual) {
        int[] crop = {x, y, z};
        PreparedCase source = uneven(crop);
        for (ForegroundDraw draw : ForegroundDraw.values()) {
            CropDataset given = dataset(source, crop).optForegroundDraw(draw).build();
            assertThat(labels(given).equals(labels(dataset(source, crop).build())))
                    .isEqualTo(draw == usual);
        }
    }

    private static CropDataset.Builder dataset(PreparedCase source, int... crop) {
        return CropDataset.builder()
                .setCases(List.of(source))
                .setCrop(crop)
                .setBatchSize(1)
                .setIterations(8)
                .optForegroundFraction(1);
    }

    private static List<List<Integer>> labels(CropDataset dataset) {
        try (NDManager manager = NDManager.newBaseManager()) {
            return LongStream.range(0, 8)
                    .mapToObj(i -> dataset.get(manager, i).getLabels().head().toIntArray())
                    .map(row -> Arrays.stream(row).boxed().toList())
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({"0,5,9", "1,9,14", "2,14,13"})
    void aThinCaseIsPaddedInThePlane(int axis, int first, int second) {
        int[] shape = {7, 9, 11};
        shape[axis] = 2;
        PreparedCase source =
                new CasePreparation(Brats.BRATS2020, slice(axis, 4, 4))
                        .prepare(
                                SyntheticCase.write(
                                        folder,
                                        "thin",
                                        shape,
                                        BoundingBox.of(new int[3], shape),
                                        axis));
        int[] crop = slice(axis, first, second);
        Padding padding = Padding.to(source.shape(), crop);
        float[] images = padding.pad(source.images(), padding.background(source.images()));
        byte[] labels = padding.pad(source.labels());
        CropSampler sampler =
                new CropSampler(
                        List.of(source),
                        new CropPosition(crop, 0.5, ForegroundDraw.CLASS),
                        Augmentation.NONE,
                        SubsetDraw.UNIFORM,
                        5,
                        20);
        Set<Integer> planes = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            CropSample sample = sampler.sample(0, i);
            planes.add(sample.part().origin()[axis]);
            assertThat(sample.crop().images())
                    .isEqualTo(sample.part().cut(images, padding.shape()));
            assertThat(sample.crop().labels())
                    .isEqualTo(sample.part().cut(labels, padding.shape()));
        }
        assertThat(planes).containsExactlyInAnyOrder(0, 1);
    }

    /** A slice is augmented as the same slice seen along another axis. */
    @Test
    void nothingLeavesThePlane() {
        Set<Integer> results = new HashSet<>();
        for (int seed = 0; seed < 60; seed++) {
            int[] size = slice(0, 9, 12);
            Crop first = crop(size);
            SplittableRandom random = new SplittableRandom(seed);
            Rotation rotation = Rotation.draw(random, size);
            rotation.apply(first);
            assertThat(rotation.plane()).isEqualTo(1);
            IntensityChange change = IntensityChange.draw(random, 2, 1);
            change.apply(first);
            Flip.draw(random).apply(first);

            Crop augmented = crop(size);
            Augmentation.PAPER.apply(augmented, new SplittableRandom(seed));

            assertThat(augmented.images()).isEqualTo(first.images());
            assertThat(augmented.labels()).isEqualTo(first.labels());
            results.add(Arrays.hashCode(augmented.images()));
            for (int axis = 1; axis < 3; axis++) {
                int[] turned = slice(axis, 9, 12);
                SplittableRandom again = new SplittableRandom(seed);
                assertThat(Rotation.draw(again, turned).degrees()).isEqualTo(rotation.degrees());
                Crop other = crop(turned);
                new Rotation(rotation.degrees(), axis == 1 ? 2 : 0).apply(other);
                change.apply(other);
                Crop unflipped = crop(size);
                rotation.apply(unflipped);
                change.apply(unflipped);
                assertThat(other.images()).isEqualTo(unflipped.images());
                assertThat(other.labels()).isEqualTo(unflipped.labels());
            }
        }
        assertThat(results).hasSize(60);
    }

    @Test
    void aFlipOfTheAxisOfOneVoxelDoesNothing() {
        Crop crop = crop(1, 9, 12);
        new Flip(true, false, false).apply(crop);
        assertThat(crop.images()).isEqualTo(crop(1, 9, 12).images());
        new Flip(false, true, false).apply(crop);
        assertThat(crop.images()).isNotEqualTo(crop(1, 9, 12).images());
    }

    private static Crop crop(int... size) {
        SplittableRandom random = new SplittableRandom(8);
        float[] images = new float[2 * 9 * 12];
        byte[] labels = new byte[9 * 12];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextDouble(-2, 3);
            labels[i % labels.length] = (byte) random.nextInt(1, 4);
        }
        return new Crop(images, labels, size);
    }

    @Test
    void linesOfVoxelsAreRefused() {
        assertThatThrownBy(() -> CropDataset.builder().setCrop(1, 16, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("crop: expected one size of 1 at most, got [1, 16, 1]");
        assertThatThrownBy(() -> new SlidingWindow((image, subset) -> image, 4, 1, 1, 16))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("window: expected one size of 1 at most, got [1, 1, 16]");
    }
}
