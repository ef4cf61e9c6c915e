/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.sample;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Batch;
import ai.djl.translate.TranslateException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.prepare.BoundingBox;
import io.github.gssloss.imaging.prepare.CasePreparation;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.prepare.SyntheticCase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches of a dataset in which cases lack modalities. */
class IncompleteCasesTest {

    private static final int[] CROP = {8, 6, 10};

    /** What each case has, flair, t1ce, t1, t2: all, two, one. */
    private static final Map<String, boolean[]> PRESENT =
            Map.of(
                    "case0", new boolean[] {true, true, true, true},
                    "case1", new boolean[] {false, true, false, true},
                    "case2", new boolean[] {false, false, true, false});

    @TempDir private Path folder;
    private List<PreparedCase> cases;

    @BeforeEach
    void writeCases() {
        CasePreparation preparation = new CasePreparation(Brats.BRATS2020, CROP);
        for (int i = 0; i < 3; i++) {
            int[] shape = {14, 12, 16};
            BoundingBox brain = new BoundingBox(1, 2, 1, 11, 9, 13);
            SyntheticCase.write(folder, "case" + i, shape, brain, i);
        }
        cases =
                CaseFiles.find(folder).stream()
                        .map(files -> files.without(absent(files.name())))
                        .map(preparation::prepare)
                        .toList();
    }

    private static Set<Modality> absent(String name) {
        Set<Modality> absent = new TreeSet<>(Brats.MODALITIES);
        absent.removeIf(modality -> PRESENT.get(name)[modality.index()]);
        return absent;
    }

    private CropDataset dataset(List<PreparedCase> of) {
        return CropDataset.builder()
                .setCases(of)
                .setCrop(CROP)
                .setBatchSize(2)
                .setIterations(12)
                .optSeed(3)
                .build();
    }

    @Test
    void aPreparedCaseKnowsWhatItHas() {
        assertThat(cases.get(0).modalities()).containsExactlyElementsOf(Brats.MODALITIES);
        assertThat(cases.get(1).modalities()).containsExactly(Brats.T1CE, Brats.T2);
        assertThat(cases.get(2).modalities()).containsExactly(Brats.T1);
    }

    @Test
    void everyBatchSaysWhatItsCasesHave() throws IOException, TranslateException {
        CropDataset dataset = dataset(cases);
        int number = 0;
        try (NDManager manager = NDManager.newBaseManager()) {
            for (Batch batch : dataset.getData(manager)) {
                assertThat(batch.getData()).hasSize(3);
                assertThat(batch.getLabels()).hasSize(2);
                NDArray present = batch.getData().get(2);
                assertThat(present.getShape()).isEqualTo(new Shape(2, 4));
                assertThat(present.getDataType()).isEqualTo(DataType.BOOLEAN);
                assertThat(batch.getLabels().get(1)).isEqualTo(present);
                List<String> names = dataset.cases(0, number++);
                for (int b = 0; b < 2; b++) {
                    boolean[] has = PRESENT.get(names.get(b));
                    assertThat(present.get(b).toBooleanArray()).isEqualTo(has);
                    checkSample(batch, b, has);
                }
                batch.close();
            }
        }
        assertThat(number).isEqualTo(12);
    }

    private static void checkSample(Batch batch, int b, boolean... has) {
        boolean[] subset = batch.getData().get(1).get(b).toBooleanArray();
        boolean any = false;
        for (int m = 0; m < 4; m++) {
            any |= subset[m];
            assertThat(subset[m]).isIn(false, has[m]);
            float largest = batch.getData().get(0).get(b).get(m).abs().max().getFloat();
            assertThat(largest > 0).isEqualTo(has[m]);
        }
        assertThat(any).isTrue();
    }

    @Test
    void whereEveryCaseIsCompleteNothingIsSaidOfIt() throws IOException, TranslateException {
        try (NDManager manager = NDManager.newBaseManager();
                Batch batch = dataset(cases.subList(0, 1)).getData(manager).iterator().next()) {
            assertThat(batch.getData()).hasSize(2);
            assertThat(batch.getLabels()).hasSize(1);
        }
    }

    /** The samples of a complete case are the same beside incomplete ones. */
    @Test
    void completeCasesAreSampledAsEver() {
        CropSampler alone = sampler(List.of(cases.get(0)));
        CropSampler beside = sampler(cases);
        int seen = 0;
        for (int i = 0; i < 30; i++) {
            CropSample one = beside.sample(2, i);
            if (one.caseName().equals("case0")) {
                CropSample other = alone.sample(2, i);
                assertThat(one.subset()).isEqualTo(other.subset());
                assertThat(one.crop().images()).isEqualTo(other.crop().images());
                seen++;
            }
        }
        assertThat(seen).isEqualTo(10);
    }

    private static CropSampler sampler(List<PreparedCase> of) {
        CropPosition position = new CropPosition(CROP, 0, ForegroundDraw.VOXEL);
        return new CropSampler(of, position, Augmentation.PAPER, SubsetDraw.UNIFORM, 5, 30);
    }
}
