/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.nifti.AffineSampling;
import io.github.gssloss.imaging.nifti.Geometry;
import io.github.gssloss.imaging.nifti.NiftiDatatype;
import io.github.gssloss.imaging.nifti.NiftiHeader;
import io.github.gssloss.imaging.nifti.NiftiImage;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import io.github.gssloss.imaging.nifti.Reorientation;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.imaging.prepare.CasePreparation;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.prepare.TrainedSpacing;
import io.github.gssloss.imaging.prepare.WorkingSpacing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A phantom as it was made, in another orientation and with other voxels, segmented by a threshold
 * in FLAIR: each is judged on its own grid.
 */
class OtherGridSegmentationTest {

    private static final String NAME = "Phantom-0001";
    private static final CasePreparation PREPARATION = new CasePreparation(Brats.BRATS2020, 16);

    @TempDir private Path folder;
    private TrainedSpacing trained;

    @BeforeEach
    void phantom() {
        PhantomSettings settings = PhantomSettings.ofSeed(2).withShape(64, 64, 64);
        PhantomCohort.write(folder.resolve("made"), 1, settings, done -> {});
        trained = TrainedSpacing.of(PREPARATION, CaseFiles.find(folder.resolve("made"))).get();
    }

    /** The same case with each of its volumes brought elsewhere. */
    private Path copy(String name, UnaryOperator<Geometry> grid) throws IOException {
        Path out = Files.createDirectories(folder.resolve(name).resolve(NAME));
        try (Stream<Path> made = Files.list(folder.resolve("made").resolve(NAME))) {
            for (Path file : made.toList()) {
                NiftiImage image = NiftiReader.read(file);
                Geometry from = image.header().geometry();
                Geometry to = grid.apply(from);
                boolean labels = file.toString().contains("_seg");
                AffineSampling sampling = AffineSampling.between(from, to);
                NiftiWriter.write(
                        out.resolve(file.getFileName()),
                        NiftiHeader.create(to.size(), to.affine(), NiftiDatatype.FLOAT32),
                        Reorientation.between(from, to)
                                .map(way -> way.apply(image.data()))
                                .orElseGet(
                                        () ->
                                                labels
                                                        ? sampling.nearest(image.data())
                                                        : sampling.linear(image.data())));
            }
        }
        return out;
    }

    /** Another grid over the same box of the world, its axes to RAS. */
    private static Geometry thick(Geometry from) {
        double[] spacing = {1.3, 0.9, 2};
        Geometry turned = from.in("RAS");
        double[][] affine = turned.affine();
        int[] size = turned.size();
        for (int axis = 0; axis < 3; axis++) {
            double before = turned.spacing()[axis];
            size[axis] = (int) (size[axis] * before / spacing[axis]);
            affine[axis][axis] = spacing[axis];
            affine[axis][3] += (spacing[axis] - before) / 2;
        }
        return Geometry.of(size, affine);
    }

    private static NDArray threshold(NDArray image, NDArray subset) {
        NDArray flair = image.get(":,0:1");
        NDArray share = Activation.sigmoid(flair.sub(1.2f).mul(4));
        NDArray none = share.zerosLike();
        return NDArrays.concat(new NDList(share.mul(-1).add(1), none, share, none), 1);
    }

    private double dice(Path subject, Path out) {
        CaseFiles files = CaseFiles.find(subject).get(0).withoutSegmentation();
        Optional<WorkingSpacing> away = trained.away(PREPARATION, files);
        PreparedCase prepared = PREPARATION.ofAnyGrid(away).prepare(files);
        byte[] classes;
        try (NDManager manager = NDManager.newBaseManager()) {
            float[] probabilities =
                    new SlidingWindow(OtherGridSegmentationTest::threshold, 4, 16)
                            .predict(
                                    manager,
                                    NAME,
                                    prepared.shape(),
                                    prepared.images(),
                                    List.of(Brats.BRATS2020.all()),
                                    subset -> true,
                                    (done, total) -> {})
                            .get(0)
                            .probabilities()
                            .orElseThrow();
            float[] all = prepared.inVolume(probabilities, 1, 0, 0, 0);
            classes = new byte[all.length / 4];
            for (int v = 0; v < classes.length; v++) {
                classes[v] = (byte) (all[2 * classes.length + v] > all[v] ? 2 : 0);
            }
        }
        PredictionFile.writeClasses(out, files, classes, Brats.BRATS2020.labels());
        NiftiImage written = NiftiReader.read(out);
        NiftiHeader input = NiftiReader.readHeader(files.reference());
        assertThat(written.header().geometry().matches(input.geometry())).isTrue();
        assertThat(written.header().bytes()[252]).isEqualTo(input.bytes()[252]);
        assertThat(written.header().bytes()[254]).isEqualTo(input.bytes()[254]);
        float[] truth = NiftiReader.read(subject.resolve(NAME + "_seg.nii.gz")).data();
        long both = 0;
        long sum = 0;
        for (int v = 0; v < truth.length; v++) {
            both += truth[v] > 0 && written.data()[v] > 0 ? 1 : 0;
            sum += (truth[v] > 0 ? 1 : 0) + (written.data()[v] > 0 ? 1 : 0);
        }
        return 200.0 * both / sum;
    }

    @Test
    void eachGridIsSegmentedNearlyAsWell() throws IOException {
        double made = dice(folder.resolve("made").resolve(NAME), folder.resolve("made.nii.gz"));
        double turned =
                dice(copy("turned", grid -> grid.in("IRA")), folder.resolve("turned.nii.gz"));
        double thick =
                dice(
                        copy("thick", OtherGridSegmentationTest::thick),
                        folder.resolve("thick.nii.gz"));
        assertThat(made).isGreaterThan(50);
        assertThat(turned).isCloseTo(made, within(1e-9));
        assertThat(thick).isCloseTo(made, within(3.0));
    }
}
