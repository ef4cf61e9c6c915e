/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.nifti.AffineSampling;
import io.github.gssloss.imaging.nifti.Geometry;
import io.github.gssloss.imaging.nifti.NiftiDatatype;
import io.github.gssloss.imaging.nifti.NiftiHeader;
import io.github.gssloss.imaging.nifti.NiftiImage;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that lie on other grids than those of the training, or than each other. */
class AnyGridTest {

    private static final int[] SHAPE = {12, 14, 10};
    private static final BoundingBox BRAIN = new BoundingBox(2, 3, 2, 8, 9, 6);
    private static final CasePreparation PREPARATION = new CasePreparation(Brats.BRATS2020, 4);

    @TempDir private Path folder;
    private CaseFiles files;

    @BeforeEach
    void write() {
        files = SyntheticCase.write(folder, "A", SHAPE, BRAIN, 1).withoutSegmentation();
    }

    /** A field that linear interpolation gives back exactly. */
    private static float[] field(Geometry grid) {
        int[] size = grid.size();
        double[][] affine = grid.affine();
        float[] values = new float[Extents.voxels(size)];
        for (int v = 0; v < values.length; v++) {
            int[] at = {v / size[2] / size[1], v / size[2] % size[1], v % size[2]};
            double sum = 100;
            for (int row = 0; row < 3; row++) {
                double world = affine[row][3];
                for (int axis = 0; axis < 3; axis++) {
                    world += affine[row][axis] * at[axis];
                }
                sum += (row + 1) * world;
            }
            values[v] = (float) sum;
        }
        return values;
    }

    private static Geometry turned() {
        double angle = 0.3;
        return Geometry.of(
                new int[] {20, 18, 22},
                new double[][] {
                    {0.8 * Math.cos(angle), -Math.sin(angle), 0, -3},
                    {0.8 * Math.sin(angle), Math.cos(angle), 0, -4},
                    {0, 0, 1.1, -2},
                    {0, 0, 0, 1}
                });
    }

    @Test
    void samplingReadsWhereTheAffinesSay() {
        Geometry from = turned();
        Geometry to =
                Geometry.of(
                        new int[] {3, 4, 5},
                        new double[][] {{0, 1, 0, 2}, {-1, 0, 0, 6}, {0, 0, 2, 3}, {0, 0, 0, 1}});
        AffineSampling sampling = AffineSampling.between(from, to);
        float[] expected = field(to);
        float[] linear = sampling.linear(field(from));
        float[] nearest = sampling.nearest(field(from));
        assertThat(sampling.reached()).isEqualTo(1);
        for (int v = 0; v < expected.length; v++) {
            assertThat(linear[v]).isCloseTo(expected[v], within(1e-3f));
            // Half a voxel along each axis: 0.4, 0.5 and 0.55 mm, by 1, 2 and 3 for each mm.
            assertThat(nearest[v]).isCloseTo(expected[v], within(3.5f));
        }
        double[][] away = to.affine();
        away[0][3] = 500;
        AffineSampling beside = AffineSampling.between(from, Geometry.of(to.size(), away));
        assertThat(beside.reached()).isZero();
        assertThat(beside.linear(field(from))).containsOnly(0);
    }

    /** T2 once more, on a grid of half the spacing around the first image's. */
    private void finer(double shift) {
        Path file = files.images().get(Brats.T2);
        Geometry grid = NiftiReader.readHeader(file).geometry();
        double[][] affine = grid.affine();
        for (int row = 0; row < 3; row++) {
            for (int axis = 0; axis < 3; axis++) {
                affine[row][axis] /= 2;
            }
            // The first half voxel begins where the first whole one does.
            affine[row][3] -= (affine[row][0] + affine[row][1] + affine[row][2]) / 2;
        }
        affine[0][3] += shift;
        int[] size = {2 * SHAPE[0], 2 * SHAPE[1], 2 * SHAPE[2]};
        float[] before = NiftiReader.read(file).data();
        float[] after = new float[Extents.voxels(size)];
        for (int v = 0; v < after.length; v++) {
            int x = v / size[2] / size[1] / 2;
            int y = v / size[2] % size[1] / 2;
            after[v] = before[(x * SHAPE[1] + y) * SHAPE[2] + v % size[2] / 2];
        }
        NiftiWriter.write(file, NiftiHeader.create(size, affine, NiftiDatatype.FLOAT32), after);
    }

    @Test
    void aModalityOnAnotherGridIsBroughtToTheFirst() {
        float[] expected = PREPARATION.prepare(files).images();
        finer(0);
        assertThatThrownBy(() -> PREPARATION.prepare(files))
                .isInstanceOf(UserInputException.class)
                .hasMessageContaining("A_t2.nii.gz has another size than A_flair.nii.gz");

        PreparedCase prepared = PREPARATION.ofAnyGrid(Optional.empty()).prepare(files);

        // A centre lies amid eight equal voxels: the value comes back.
        assertThat(prepared.images()).containsExactly(expected, within(1e-5f));
        assertThat(prepared.isResampled()).isFalse();
        CaseGrid grid = CaseGrid.ofAny(files);
        assertThat(grid.isOn(files.images().get(Brats.T2))).isFalse();
        assertThat(grid.isOn(files.images().get(Brats.T1))).isTrue();
    }

    @Test
    void aModalityBesideTheFirstIsRefused() {
        finer(100);
        assertThatThrownBy(() -> PREPARATION.ofAnyGrid(Optional.empty()).prepare(files))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(
                        "case A: A_t2.nii.gz: expected an image of the part of the body that"
                                + " A_flair.nii.gz shows, got one that lies wholly beside it: ");
    }

    @Test
    void withoutSformAndQformNobodyKnowsWhere() {
        finer(0);
        Path file = files.images().get(Brats.T2);
        NiftiImage image = NiftiReader.read(file);
        byte[] raw = image.header().bytes();
        int codes = 252;
        Arrays.fill(raw, codes, codes + 4, (byte) 0);
        RawFiles.write(file, raw, image.data());
        assertThatThrownBy(() -> PREPARATION.ofAnyGrid(Optional.empty()).prepare(files))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "case A: A_t2.nii.gz lies on another grid than A_flair.nii.gz: expected"
                                + " sform or qform in both to tell where, A_t2.nii.gz has neither");
    }

    /** A mean by loops: two voxels of x, one and a half of y, as they are of z. */
    @Test
    void whatGetsCoarserIsAveraged() {
        Resampling resampling = new Resampling(new int[] {4, 3, 2}, new int[] {2, 2, 2});
        float[] volume = new float[24];
        for (int v = 0; v < 24; v++) {
            volume[v] = v * v;
        }
        float[] means = resampling.averaged(volume);
        double[][] shares = {{1, 0.5, 0}, {0, 0.5, 1}};
        for (int x = 0; x < 2; x++) {
            for (int y = 0; y < 2; y++) {
                for (int z = 0; z < 2; z++) {
                    double sum = 0;
                    for (int i = 0; i < 2; i++) {
                        for (int j = 0; j < 3; j++) {
                            sum += shares[y][j] * volume[((2 * x + i) * 3 + j) * 2 + z];
                        }
                    }
                    assertThat(means[(x * 2 + y) * 2 + z])
                            .isCloseTo((float) (sum / 3), within(1e-3f));
                }
            }
        }
        Resampling finer = new Resampling(new int[] {2, 2, 2}, new int[] {4, 3, 2});
        assertThat(finer.averaged(means)).isEqualTo(finer.linear(means));
    }

    @Test
    void probabilitiesComeBackLinearly() {
        WorkingSpacing coarser = new WorkingSpacing(List.of(2.0, 3.0, 4.0));
        PreparedCase prepared = PREPARATION.ofAnyGrid(Optional.of(coarser)).prepare(files);
        assertThat(prepared.preparedSpacing()).containsExactly(2, 3, 4);
        assertThat(prepared.isResampled()).isTrue();
        int voxels = prepared.box().voxels();
        float[] channels = new float[2 * voxels];
        Arrays.fill(channels, 0, voxels, 0.25f);
        Arrays.fill(channels, voxels, 2 * voxels, 0.75f);
        float[] whole = prepared.inVolume(channels, 1, 0);
        int all = Extents.voxels(SHAPE);
        assertThat(whole).hasSize(2 * all);
        for (int v = 0; v < all; v++) {
            assertThat(whole[v] + whole[all + v]).isCloseTo(1, within(1e-6f));
            assertThat(whole[v]).isBetween(0.25f, 1f);
        }
        assertThat(whole[0]).isEqualTo(1);
        assertThat(whole[(6 * 14 + 7) * 10 + 5]).isEqualTo(0.25f);
    }

    @Test
    void aSpacingWithinTheTrainingStays() {
        TrainedSpacing same = TrainedSpacing.of(PREPARATION, List.of(files, files)).orElseThrow();
        assertThat(same.median()).containsExactly(1.0, 1.5, 2.0);
        assertThat(same.away(PREPARATION, files)).isEmpty();
        TrainedSpacing wide =
                new TrainedSpacing(
                        List.of(0.9, 1.0, 3.0), List.of(1.2, 1.1, 3.0), List.of(1.3, 1.2, 3.1));
        assertThat(wide.away(PREPARATION, files))
                .contains(new WorkingSpacing(List.of(1.0, 1.1, 3.0)));
        assertThat(TrainedSpacing.of(PREPARATION, List.of())).isEmpty();
    }
}
