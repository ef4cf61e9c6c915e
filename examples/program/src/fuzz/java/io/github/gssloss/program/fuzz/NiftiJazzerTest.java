/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.gssloss.imaging.nifti.NiftiDatatype;
import io.github.gssloss.imaging.nifti.NiftiHeader;
import io.github.gssloss.imaging.nifti.NiftiImage;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** NIfTI images without compression. */
class NiftiJazzerTest {

    private static final FuzzedFile FILE = new FuzzedFile("image.nii");

    static Stream<Arguments> whole() throws IOException {
        return Stream.of(NiftiDatatype.INT16, NiftiDatatype.FLOAT32, NiftiDatatype.UINT8)
                .map(type -> Arguments.of((Object) write(FILE.path(), type)));
    }

    static byte[] write(Path file, NiftiDatatype type) {
        double[][] affine = {{-1, 0, 0, 5}, {0, -2, 0, 8}, {0, 0, 3, 0}, {0, 0, 0, 1}};
        float[] data = new float[6 * 5 * 4];
        for (int i = 0; i < data.length; i++) {
            data[i] = i * 31 % 97;
        }
        try {
            NiftiWriter.write(file, NiftiHeader.create(new int[] {6, 5, 4}, affine, type), data);
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @MethodSource("whole")
    @FuzzTest(maxDuration = "5m")
    void isReadOrRefused(byte[] bytes) throws IOException {
        FILE.check(bytes, NiftiJazzerTest::read);
    }

    static void read(Path file) {
        NiftiImage image = NiftiReader.read(file);
        int[] size = image.header().geometry().size();
        if (image.data().length != size[0] * size[1] * size[2]) {
            throw new AssertionError("expected as many voxels as the header says");
        }
        if (!image.header().geometry().in("LPS").orientation().equals("LPS")) {
            throw new AssertionError("expected an image that can be turned");
        }
    }
}
