/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Blocks;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.BatchSampler;
import ai.djl.training.dataset.SequenceSampler;
import ai.djl.training.loss.Loss;
import ai.djl.translate.TranslateException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.prepare.BoundingBox;
import io.github.gssloss.imaging.prepare.CasePreparation;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.prepare.SyntheticCase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CropDatasetTest {

    private static final int[] CROP = {8, 6, 10};

    @TempDir private Path folder;
    private List<PreparedCase> cases;

    @BeforeEach
    void writeCases() {
        int[] shape = {14, 12, 16};
        for (int i = 0; i < 3; i++) {
            SyntheticCase.write(
                    folder, "case" + i, shape, new BoundingBox(1, 2, 1, 11, 9, 13 - i), i);
        }
        CasePreparation preparation = new CasePreparation(Brats.BRATS2020, CROP);
        cases = CaseFiles.find(folder).stream().map(preparation::prepare).toList();
    }

    private CropDataset.Builder builder() {
        return CropDataset.builder()
                .setCases(cases)
                .setCrop(CROP)
                .setBatchSize(2)
                .setIterations(4)
                .optSeed(11);
    }

    /** All values of an epoch's batches, one row a batch. */
    private static List<float[]> epoch(CropDataset dataset, int epoch, int workers)
            throws IOException, TranslateException {
        return rows(dataset, epoch, 0, workers);
    }

    private static List<float[]> rows(CropDataset dataset, int epoch, int done, int workers)
            throws IOException, TranslateException {
        dataset.setEpoch(epoch, done);
        List<float[]> rows = new ArrayList<>();
        ExecutorService executor = workers == 0 ? null : CropWorkers.start(workers);
        try (NDManager manager = NDManager.newBaseManager()) {
            for (Batch batch : dataset.getData(manager, executor)) {
                rows.add(batch.getData().get(0).toFloatArray());
                rows.add(batch.getData().get(1).toType(DataType.FLOAT32, true).toFloatArray());
                rows.add(batch.getLabels().get(0).toType(DataType.FLOAT32, true).toFloatArray());
                batch.close();
            }
        } finally {
            if (executor != null) {
                executor.shutdownNow();
            }
        }
        return rows;
    }

    @Test
    void givesBatchesOfImagesSubsetsAndLabels() throws IOException, TranslateException {
        int batches = 0;
        try (NDManager manager = NDManager.newBaseManager()) {
            for (Batch batch : builder().build().getData(manager)) {
                assertThat(batch.getData().get(0).getShape()).isEqualTo(new Shape(2, 4, 8, 6, 10));
                assertThat(batch.getData().get(0).getDataType()).isEqualTo(DataType.FLOAT32);
                assertThat(batch.getData().get(1).getShape()).isEqualTo(new Shape(2, 4));
                assertThat(batch.getData().get(1).getDataType()).isEqualTo(DataType.BOOLEAN);
                assertThat(batch.getLabels()).hasSize(1);
                assertThat(batch.getLabels().get(0).getShape()).isEqualTo(new Shape(2, 8, 6, 10));
                assertThat(batch.getLabels().get(0).getDataType()).isEqualTo(DataType.INT32);
                assertThat(batch.getLabels().get(0).max().getInt()).isEqualTo(3);
                batch.close();
                batches++;
            }
        }
        assertThat(batches).isEqualTo(4);
        assertThat(builder().build().size()).isEqualTo(8);
    }

    @Test
    void givesTheSameBitsWhateverTheNumberOfWorkers() throws IOException, TranslateException {
        CropDataset dataset = builder().optPrefetchNumber(3).build();
        List<float[]> alone = epoch(dataset, 5, 0);
        assertThat(alone).hasSize(12);
        for (int workers : new int[] {1, 2, 4}) {
            assertThat(epoch(dataset, 5, workers)).containsExactlyElementsOf(alone);
        }
        assertThat(epoch(builder().build(), 5, 2)).containsExactlyElementsOf(alone);
    }

    @Test
    void givesOtherSamplesInAnotherEpochOrWithAnotherSeed() throws IOException, TranslateException {
        float[] first = epoch(builder().build(), 0, 0).get(0);
        assertThat(epoch(builder().build(), 1, 0).get(0)).isNotEqualTo(first);
        assertThat(epoch(builder().optSeed(12).build(), 0, 0).get(0)).isNotEqualTo(first);
    }

    @Test
    void aPassThatBeginsWithinAnEpochGivesTheRestOfIt() throws IOException, TranslateException {
        CropDataset dataset = builder().build();
        List<float[]> whole = epoch(dataset, 3, 0);
        assertThat(rows(dataset, 3, 1, 2)).containsExactlyElementsOf(whole.subList(3, 12));
        assertThat(rows(dataset, 3, 3, 0)).containsExactlyElementsOf(whole.subList(9, 12));
        assertThat(epoch(dataset, 3, 0)).containsExactlyElementsOf(whole);
        assertThatThrownBy(() -> dataset.setEpoch(3, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("batches to leave out: expected 0 to below 4, got 4");
    }

    /** Inputs {@code thin} and {@code oneslice}. */
    @Test
    void volumesSmallerThanTheCropArePadded() throws IOException, TranslateException {
        // Of 13 x 11 x 13 voxels, those at the border background; 3 planes of y, 5 of z are
        // missing.
        int[] shape = {13, 11, 13};
        PreparedCase small =
                new CasePreparation(Brats.BRATS2020, new int[] {2, 2, 2}, shape)
                        .prepare(cases.get(2).files());
        assertThat(small.shape()).containsExactly(shape);
        float[] images = small.images();
        byte[] labels = small.labels();
        CropDataset dataset =
                builder()
                        .setCases(List.of(small))
                        .setCrop(13, 14, 18)
                        .optAugmentation(Augmentation.NONE)
                        .optForegroundFraction(1)
                        .build();

        List<float[]> rows = epoch(dataset, 0, 2);

        for (int i = 0; i < 4 * 13 * 14 * 18; i++) {
            int y = i / 18 % 14 - 1;
            int z = i % 18 - 2;
            int modalityAndX = i / (14 * 18);
            boolean inside = y >= 0 && y < 11 && z >= 0 && z < 13;
            int corner = modalityAndX / 13 * 13 * 11 * 13;
            int voxel = inside ? (modalityAndX * 11 + y) * 13 + z : corner;
            assertThat(rows.get(0)[i]).isEqualTo(images[voxel]);
            if (modalityAndX < 13) {
                assertThat(rows.get(2)[i]).isEqualTo(inside ? labels[voxel] : 0);
            }
        }
    }

    @Test
    void namesTheCasesOfABatch() {
        CropDataset dataset = builder().build();
        List<String> names = new ArrayList<>();
        for (int batch = 0; batch < 3; batch++) {
            assertThat(dataset.cases(0, batch)).hasSize(2);
            names.addAll(dataset.cases(0, batch));
        }
        // Six samples take each of the three cases twice.
        assertThat(names.subList(0, 3)).containsExactlyInAnyOrder("case0", "case1", "case2");
        assertThat(names.subList(3, 6)).containsExactlyInAnyOrder("case0", "case1", "case2");
    }

    @Test
    void aPassKeepsItsEpoch() throws IOException, TranslateException {
        CropDataset dataset = builder().build();
        List<float[]> expected = epoch(dataset, 2, 0);
        dataset.setEpoch(2, 0);
        try (NDManager manager = NDManager.newBaseManager()) {
            int row = 0;
            for (Batch batch : dataset.getData(manager)) {
                dataset.setEpoch(7, 0);
                assertThat(batch.getData().get(0).toFloatArray()).isEqualTo(expected.get(row));
                batch.close();
                row += 3;
            }
        }
    }

    @Test
    void eachPassOfATrainerIsTheNextEpoch() throws IOException, TranslateException {
        CropDataset expected = builder().build();
        CropDataset dataset = builder().build();
        try (Model model = Model.newInstance("none")) {
            model.setBlock(Blocks.identityBlock());
            try (Trainer trainer = model.newTrainer(new DefaultTrainingConfig(Loss.l2Loss()))) {
                for (int pass = 0; pass < 3; pass++) {
                    assertThat(images(trainer, dataset))
                            .containsExactlyElementsOf(images(expected, pass));
                }
                dataset.setEpoch(8, 1);
                assertThat(images(trainer, dataset))
                        .containsExactlyElementsOf(images(expected, 8).subList(1, 4));
                assertThat(images(trainer, dataset)).containsExactlyElementsOf(images(expected, 9));
            }
        }
    }

    private static List<float[]> images(Trainer trainer, CropDataset dataset)
            throws IOException, TranslateException {
        List<float[]> images = new ArrayList<>();
        for (Batch batch : trainer.iterateDataset(dataset)) {
            images.add(batch.getData().get(0).toFloatArray());
            batch.close();
        }
        return images;
    }

    /** The first of the three rows that a batch has. */
    private static List<float[]> images(CropDataset dataset, int epoch)
            throws IOException, TranslateException {
        List<float[]> all = epoch(dataset, epoch, 0);
        return List.of(all.get(0), all.get(3), all.get(6), all.get(9));
    }

    @Test
    void refusesWhatItCannotSample() {
        assertThatThrownBy(() -> builder().setCases(List.of()).build())
                .hasMessage("cases: expected at least 1, got 0");
        assertThatThrownBy(() -> builder().setBatchSize(0).build())
                .hasMessage("batch size: expected at least 1, got 0");
        assertThatThrownBy(() -> builder().setIterations(-1).build())
                .hasMessage("iterations: expected at least 1, got -1");
        assertThatThrownBy(
                        () ->
                                CropDataset.builder()
                                        .setCases(cases)
                                        .setBatchSize(1)
                                        .setIterations(1)
                                        .build())
                .hasMessage("crop: expected three sizes of at least 1, got []");
        assertThatThrownBy(() -> builder().optForegroundFraction(Double.NaN).build())
                .hasMessage("foreground fraction: expected 0 to 1, got NaN");
        String sampling = "sampling: expected setBatchSize and setIterations, got a sampler";
        assertThatThrownBy(() -> builder().setSampling(2, true)).hasMessage(sampling);
        assertThatThrownBy(() -> builder().setSampling(new BatchSampler(new SequenceSampler(), 2)))
                .hasMessage(sampling);
    }

    @Test
    void refusesToBeSplitIntoSamples() {
        CropDataset dataset = builder().build();
        String split = "sub-dataset: random crops cannot be split, expected a split of the cases";
        assertThatThrownBy(() -> dataset.randomSplit(1, 1)).hasMessage(split);
        assertThatThrownBy(() -> dataset.subDataset(List.of(3L, 1L))).hasMessage(split);
    }

    @Test
    void refusesCasesWithoutLabels() {
        CaseFiles unlabelled = cases.get(1).files().withoutSegmentation();
        CasePreparation preparation = new CasePreparation(Brats.BRATS2020, CROP);
        assertThatThrownBy(
                        () -> builder().setCases(List.of(preparation.prepare(unlabelled))).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("case case1: expected a segmentation, got none");
    }
}
