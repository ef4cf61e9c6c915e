/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.imaging.nifti.NiftiImage;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.networks.rfnet.RfNet;
import io.github.gssloss.networks.weights.BlockWeights;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentCaseTest {

    private static final String HEAD = "decoder_fuse.seg_layer.bias";

    @TempDir private Path folder;

    /** Weights of a network whose head calls everything enhancing tumour. */
    private Path weights() {
        Path file = folder.resolve("weights.npz");
        try (NDManager manager = NDManager.newBaseManager()) {
            RfNet network = RfNet.builder().setClasses(4).optWidth(4).build();
            network.initialize(
                    manager, DataType.FLOAT32, new Shape(1, 4, 16, 16, 16), new Shape(1, 4));
            BlockWeights.parameters(network)
                    .get(HEAD)
                    .getArray()
                    .stopGradient()
                    .addi(manager.create(new float[] {0, 0, 0, 1e4f}));
            BlockWeights.save(network, file);
        }
        return file;
    }

    @Test
    void writesClassesOverTheGridOfTheCase() throws Exception {
        Path subject = Scratch.phantoms(folder).resolve("Phantom-0002");
        Path image = subject.resolve("Phantom-0002_flair.nii.gz");
        Files.delete(subject.resolve("Phantom-0002_t1.nii.gz"));
        Files.delete(subject.resolve("Phantom-0002_seg.nii.gz"));
        Path out = folder.resolve("new").resolve("segmented.nii.gz");

        long[] voxels = SegmentCase.segment(weights(), subject, out);

        NiftiImage flair = NiftiReader.read(image);
        NiftiImage segmented = NiftiReader.read(out);
        assertThat(segmented.header().shape()).isEqualTo(flair.header().shape());
        assertThat(segmented.header().geometry().affine())
                .isEqualTo(flair.header().geometry().affine());
        assertThat(segmented.data()).containsOnly(0, 4).hasSameSizeAs(flair.data());
        int enhancing = 0;
        for (int v = 0; v < flair.data().length; v++) {
            enhancing += segmented.data()[v] == 4 ? 1 : 0;
            // Where there is brain, a window has looked.
            assertThat(segmented.data()[v] == 4 || flair.data()[v] == 0).isTrue();
        }
        assertThat(voxels[3]).isEqualTo(enhancing);
    }

    @Test
    void refusesToWriteOverTheCase() throws Exception {
        Path subject = Scratch.phantoms(folder).resolve("Phantom-0001");
        Path own = subject.resolve("Phantom-0001_flair.nii.gz");
        byte[] before = Files.readAllBytes(own);
        assertThatThrownBy(() -> SegmentCase.segment(weights(), subject, own))
                .hasMessageContaining("expected a new file, this one belongs to case");
        assertThat(own).hasBinaryContent(before);
    }

    @Test
    void saysWhichArgumentsItExpects() {
        assertThatThrownBy(() -> SegmentCase.main(new String[] {"a", "b"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("args: expected WEIGHTS CASE_FOLDER OUT.nii.gz, got 2");
    }
}
