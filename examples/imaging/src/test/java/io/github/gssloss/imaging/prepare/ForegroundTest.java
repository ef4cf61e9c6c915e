/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.nifti.NiftiReader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForegroundTest {

    private static final int[] SHAPE = {12, 14, 10};
    private static final BoundingBox BRAIN = new BoundingBox(2, 5, 3, 7, 9, 6);
    private static final CasePreparation PREPARATION = new CasePreparation(Brats.BRATS2020, 4);

    @TempDir private Path folder;

    /** Rewrites the images: {@code a * value + b} inside, and another background. */
    private CaseFiles written(double a, double b, float background) {
        CaseFiles files = SyntheticCase.write(folder, "A", SHAPE, BRAIN, 1);
        SyntheticCase writer = new SyntheticCase(folder, "A", SHAPE);
        for (Modality modality : Brats.MODALITIES) {
            float[] data = NiftiReader.read(files.images().get(modality)).data();
            float[] changed = new float[data.length];
            Arrays.fill(changed, background);
            BRAIN.forEachRun(
                    SHAPE,
                    (inVolume, inBox) -> {
                        for (int i = inVolume; i < inVolume + BRAIN.sizeZ(); i++) {
                            changed[i] = (float) (a * data[i] + b);
                        }
                    });
            writer.floatImage("_" + modality.label(), changed);
        }
        return files;
    }

    private static float[] brainOf(PreparedCase prepared) {
        float[] brain = new float[4 * BRAIN.voxels()];
        int[] at = prepared.box().origin();
        prepared.copyImages(
                new BoundingBox(
                        BRAIN.x() - at[0],
                        BRAIN.y() - at[1],
                        BRAIN.z() - at[2],
                        BRAIN.sizeX(),
                        BRAIN.sizeY(),
                        BRAIN.sizeZ()),
                brain);
        return brain;
    }

    /** Input {@code zscored}: half of the brain is below 0. */
    @Test
    void imagesThatAreStandardisedAlreadyComeOutTheSame() {
        float[] expected = brainOf(PREPARATION.prepare(written(1, 0, 0)));
        // No value becomes 0: 0.01 v - 1.9 has no whole root.
        float[] got = brainOf(PREPARATION.prepare(written(0.01, -1.905, 0)));
        assertThat(got).containsExactly(expected, within(1e-4f));
    }

    /** Input {@code airbg}: air is at -1000. */
    @Test
    void airThatIsNotZeroIsLeftOutByAThreshold() {
        CaseFiles files = written(1, 500, -1000);
        CasePreparation above = PREPARATION.with(Foreground.above(-500));
        PreparedCase prepared = above.prepare(files);
        assertThat(prepared.box()).isEqualTo(BRAIN);
        float[] got = brainOf(prepared);
        assertThat(brainOf(PREPARATION.prepare(files))).isNotEqualTo(got);
        assertThat(got).containsExactly(brainOf(PREPARATION.prepare(written(1, 500, 0))));
    }

    @Test
    void cornersThatAreAllForegroundRaiseDoubt() {
        float[] air = new float[Extents.voxels(SHAPE)];
        Arrays.fill(air, -1000);
        assertThat(Foreground.NONZERO.doubt(air, SHAPE))
                .hasValue(
                        "all its corners are -1000.0, which foreground 'nonzero' takes for the"
                                + " body: set a threshold, such as foreground 'above -1000.0'");
        assertThat(Foreground.above(-500).doubt(air, SHAPE)).isEmpty();
        assertThat(Foreground.NONZERO.doubt(new float[air.length], SHAPE)).isEmpty();
        air[air.length - 1] = 3;
        assertThat(Foreground.NONZERO.doubt(air, SHAPE)).isEmpty();
    }

    @Test
    void allTakesTheWholeVolume() {
        PreparedCase prepared = PREPARATION.with(Foreground.ALL).prepare(written(1, 500, 0));
        assertThat(prepared.shape()).containsExactly(SHAPE);
        double sum = 0;
        float[] images = prepared.images();
        for (int i = 0; i < images.length / 4; i++) {
            sum += images[i];
        }
        assertThat(sum).isCloseTo(0, within(1e-2));
    }

    @Test
    void isReadAsItIsWritten() {
        for (String text : new String[] {"nonzero", "all", "above -500.0", "above 0.25"}) {
            assertThat(Foreground.parse(text)).hasToString(text);
        }
        assertThat(Foreground.parse(" Above  -5 ")).isEqualTo(Foreground.above(-5));
        for (String text : new String[] {"", "above", "above x", "all 3", "above NaN", "brain"}) {
            assertThatThrownBy(() -> Foreground.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "expected nonzero, all or a threshold such as 'above -500', got "
                                    + text);
        }
    }
}
