/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.gssloss.imaging.nifti.NiftiDatatype;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** NIfTI images in gzip. */
class GzipJazzerTest {

    private static final FuzzedFile FILE = new FuzzedFile("image.nii.gz");

    static Stream<Arguments> whole() {
        byte[] bytes = NiftiJazzerTest.write(FILE.path(), NiftiDatatype.INT16);
        return Stream.of(Arguments.of((Object) bytes));
    }

    @MethodSource("whole")
    @FuzzTest(maxDuration = "5m")
    void isReadOrRefused(byte[] bytes) throws IOException {
        FILE.check(bytes, NiftiJazzerTest::read);
    }
}
