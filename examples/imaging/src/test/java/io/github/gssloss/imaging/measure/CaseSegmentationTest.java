/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.prepare.CasePreparation;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.segment.SlidingWindow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prepared cases, segmented and compared in one call. */
class CaseSegmentationTest {

    private static final int WINDOW = 12;
    private static final DataDescription LABELS = Brats.BRATS2020;

    @TempDir private Path folder;
    private final NDManager manager = NDManager.newBaseManager();
    private List<CaseFiles> files;

    @BeforeEach
    void writeCases() {
        files = CaseFiles.find(PhantomCohort.writeOnce(folder.resolve("phantoms"), 2, 32));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private static PreparedCase prepare(CaseFiles files) {
        return new CasePreparation(LABELS, WINDOW).prepare(files);
    }

    /** Scores of the four classes: nothing, and the images of three of the modalities used. */
    private static NDList scores(NDList inputs) {
        NDArray subset = inputs.get(1).toType(inputs.get(0).getDataType(), true);
        NDArray used = inputs.get(0).mul(subset.reshape(1, 4, 1, 1, 1));
        NDArray flair = used.get(":,0:1");
        return new NDList(
                NDArrays.concat(
                        new NDList(flair.zerosLike(), used.get(":,1:2"), flair, used.get(":,3:4")),
                        1));
    }

    @Test
    void aCaseIsSegmentedWithTheModalitiesItHas() {
        SlidingWindow windows = new SlidingWindow(CaseSegmentationTest::scores, 4, WINDOW);
        CaseFiles all = files.get(0);
        Map<Modality, Path> two = new TreeMap<>(all.images());
        two.keySet().retainAll(Set.of(Brats.T1CE, Brats.T2));
        CaseFiles fewer = CaseFiles.ofBrats(all.name(), all.folder(), two, all.segmentation());
        for (CaseFiles some : List.of(all, fewer)) {
            PreparedCase prepared = prepare(some);
            byte[] expected =
                    windows.segment(
                                    manager,
                                    prepared.name(),
                                    prepared.shape(),
                                    prepared.images(),
                                    List.of(new ModalitySubset(some.images().keySet())),
                                    (done, total) -> {})
                            .get(0);

            assertThat(windows.segment(manager, prepared)).isEqualTo(expected);
            assertThat(windows.window()).containsExactly(WINDOW, WINDOW, WINDOW);
            assertThat(expected).contains(0, 1, 3);
        }
    }

    @Test
    void theScoresAreMeansOverTheCasesInTheirWholeVolumes() {
        SlidingWindow windows = new SlidingWindow(CaseSegmentationTest::scores, 4, WINDOW);
        List<PreparedCase> cases = files.stream().map(CaseSegmentationTest::prepare).toList();

        Map<Region, Double> means = Dice.ofRegions(windows, manager, cases, LABELS);

        assertThat(means).containsOnlyKeys(Brats.BRATS2020.regions());
        for (Region region : Brats.BRATS2020.regions()) {
            double sum = 0;
            for (PreparedCase prepared : cases) {
                sum += plain(region, prepared, windows.segment(manager, prepared));
            }
            assertThat(means.get(region)).isCloseTo(sum / 2, within(1e-9)).isPositive();
        }
    }

    private static double plain(Region region, PreparedCase prepared, byte[] classes) {
        byte[] predicted = prepared.inVolume(classes);
        float[] truth = NiftiReader.read(prepared.files().segmentation().orElseThrow()).data();
        int both = 0;
        int sizes = 0;
        for (int v = 0; v < truth.length; v++) {
            boolean found = region.classes().contains((int) predicted[v]);
            boolean there = region.classes().contains(truth[v] == 4 ? 3 : (int) truth[v]);
            both += found && there ? 1 : 0;
            sizes += (found ? 1 : 0) + (there ? 1 : 0);
        }
        return 2.0 * both / sizes;
    }

    @Test
    void refusesWhatCannotBeScored() {
        SlidingWindow windows = new SlidingWindow(CaseSegmentationTest::scores, 4, WINDOW);
        List<PreparedCase> cases = List.of(prepare(files.get(0)));
        assertThatThrownBy(() -> Dice.ofRegions(windows, manager, List.of(), LABELS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cases: expected at least one, got none");
        assertThatThrownBy(() -> Dice.ofRegions(windows, manager, cases, Brats.BRATS2015))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("labels: expected 4 classes as the network has, got 5");
        assertThatThrownBy(() -> new SlidingWindow(CaseSegmentationTest::scores, 4, WINDOW, WINDOW))
                .hasMessage("window: expected three sizes of at least 1, got [12, 12]");
    }
}
