/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.nifti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads and rewrites the files of a real BraTS folder, where one is given. */
class NiftiRealPatientTest {

    @TempDir Path folder;

    @Test
    void rewritesEveryFileVoxelForVoxel() throws IOException {
        String brats = System.getProperty("gss.brats", "");
        assumeTrue(!brats.isBlank(), "no folder of real BraTS cases given: -Dgss.brats=FOLDER");
        List<Path> files;
        try (Stream<Path> found = Files.walk(Path.of(brats))) {
            files = found.filter(f -> f.toString().endsWith(".nii.gz")).sorted().limit(5).toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            NiftiImage image = NiftiReader.read(file);
            assertThat(image.header().shape()).containsExactly(240, 240, 155);
            Path copy = folder.resolve("copy.nii.gz");
            NiftiWriter.write(copy, image.header(), image.data());
            NiftiImage back = NiftiReader.read(copy);
            assertThat(back.data()).isEqualTo(image.data());
            assertThat(back.header().geometry().affine())
                    .isDeepEqualTo(image.header().geometry().affine());
        }
    }
}
