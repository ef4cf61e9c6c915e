/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.nifti;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NiftiReaderErrorsTest {

    private static final int[] SHAPE = {8, 8, 20};

    @TempDir Path folder;

    @Test
    void namesAMissingFile() {
        assertMessage(path("none.nii.gz"), "no such file");
    }

    @Test
    void refusesAFolder() throws IOException {
        assertMessage(Files.createDirectory(path("folder.nii")), "not a file");
    }

    @Test
    void refusesAnotherEnding() throws IOException {
        assertMessage(Files.createFile(path("image.mha")), "expected a file named .nii or .nii.gz");
    }

    @Test
    void refusesWhatIsNotGzip() throws IOException {
        Path file = path("plain.nii.gz");
        Files.write(file, raw(b -> {}).buffer.array());
        assertMessage(file, "not gzip or damaged: Not in GZIP format");
    }

    @Test
    void refusesAnEmptyGzip() throws IOException {
        assertMessage(Files.createFile(path("empty.nii.gz")), "truncated gzip: it ends too early");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short.nii", "short.nii.gz"})
    void countsMissingVoxels(String name) throws IOException {
        Path file = raw(b -> {}).write(path(name), 352 + 1001);
        assertMessage(file, "truncated: expected 2560 bytes of voxels, got 1001");
    }

    @Test
    void refusesAGzipCutWithinTheVoxels() throws IOException {
        Path file = raw(b -> {}).write(path("cut.nii.gz"));
        cut(file, (int) Files.size(file) / 2);
        assertThatThrownBy(() -> NiftiReader.read(file))
                .isInstanceOf(UserInputException.class)
                .hasMessageMatching(
                        "\\Q" + file + "\\E: truncated: expected 2560 bytes of voxels, got \\d+");
    }

    @Test
    void refusesAGzipCutAfterTheVoxels() throws IOException {
        Path file = raw(b -> {}).write(path("cut.nii.gz"));
        cut(file, (int) Files.size(file) - 3);
        assertMessage(file, "truncated gzip: it ends too early");
    }

    @Test
    void refusesAGzipWhoseChecksumIsWrong() throws IOException {
        Path file = raw(b -> {}).write(path("bad.nii.gz"));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 8] ^= 1;
        Files.write(file, bytes);
        assertMessage(file, "not gzip or damaged: Corrupt GZIP trailer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"header.nii", "header.nii.gz"})
    void refusesHalfAHeader(String name) throws IOException {
        Path file = raw(b -> {}).write(path(name), 200);
        assertMessage(file, "truncated: expected a header of 348 bytes, got 200");
    }

    @Test
    void refusesAClaimNoFileCanHoldBeforeItAllocates() throws IOException {
        Path file =
                raw(b ->
                                b.putShort(42, (short) 600)
                                        .putShort(44, (short) 600)
                                        .putShort(46, (short) 600))
                        .write(path("claim.nii"), 1000);
        assertMessage(
                file,
                "truncated: expected 432000000 bytes of voxels, a file of 1000 bytes cannot hold"
                        + " them");
    }

    @Test
    void refusesBadFields() throws IOException {
        String known =
                "uint8 (2), int16 (4), int32 (8), float32 (16), float64 (64), int8 (256), uint16"
                        + " (512), uint32 (768), int64 (1024), uint64 (1280)";
        assertField(b -> b.putInt(0, 1), "not NIfTI-1: expected a header size of 348, got 1");
        assertField(
                b -> b.put(344, (byte) 'x'),
                "not NIfTI-1: expected the magic 'n+1\\0', got 'x+1\\0'");
        assertField(
                b -> b.put(345, (byte) 'i'),
                "expected header and voxels in one file, got a .hdr/.img pair");
        assertField(b -> b.putShort(70, (short) 32), "datatype: expected " + known + ", got 32");
        assertField(b -> b.putShort(72, (short) 8), "bitpix: expected 16 for INT16, got 8");
        assertField(b -> b.putFloat(108, Float.NaN), "vox_offset: expected at least 352, got NaN");
        assertField(b -> b.putFloat(84, 0), "pixdim 2: expected a size above 0, got 0.0");
        assertField(
                b -> b.putShort(254, (short) 1).putFloat(280, 1).putFloat(300, 1),
                "sform: expected three axes from 1e-12 to 1e12 mm that span the space, got"
                        + " [[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0],"
                        + " [0.0, 0.0, 0.0, 1.0]]");
        // Possible as mm, not as metres.
        assertField(
                b -> b.put(123, (byte) 1).putShort(252, (short) 0).putFloat(80, (float) 1e11),
                "qform: expected three axes from 1e-12 to 1e12 mm that span the space, got"
                        + " [[9.9999997952E13, 0.0, 0.0, 0.0], [0.0, 1000.0, 0.0, 0.0], [0.0, 0.0,"
                        + " 1000.0, 0.0], [0.0, 0.0, 0.0, 1.0]]");
    }

    @Test
    void aGzipNamedNiiIsCalledGzip() throws IOException {
        Path gzip = raw(b -> {}).write(path("image.nii.gz"));
        Path file = Files.move(gzip, path("image.nii"));
        assertMessage(file, "expected NIfTI, got a gzip file: its name should end with .nii.gz");
    }

    @Test
    void refusesHalfAHeaderOfNifti2() throws IOException {
        Path file = raw(b -> b.putInt(0, 540)).write(path("two.nii"), 400);
        assertMessage(file, "truncated: expected a NIfTI-2 header of 540 bytes, got 400");
    }

    @Test
    void refusesBadDimensions() throws IOException {
        String expected = "dimensions: expected one volume (nx, ny, nz), got ";
        assertField(b -> b.putShort(40, (short) 2), expected + "(8, 8)");
        assertField(b -> b.putShort(40, (short) 0), expected + "a rank of 0");
        assertField(b -> b.putShort(40, (short) 9), expected + "a rank of 9");
        assertField(b -> b.putShort(44, (short) -8), expected + "(8, -8, 20)");
        assertField(
                b -> b.putShort(40, (short) 4).putShort(48, (short) 5), expected + "(8, 8, 20, 5)");
        assertField(
                b ->
                        b.putShort(42, (short) 32767)
                                .putShort(44, (short) 32767)
                                .putShort(46, (short) 32767),
                "dimensions: (32767, 32767, 32767) are more voxels than can be held");
    }

    private void assertField(Consumer<ByteBuffer> change, String message) throws IOException {
        assertMessage(raw(change).write(path("field.nii.gz")), message);
    }

    private static void assertMessage(Path file, String message) {
        assertThatThrownBy(() -> NiftiReader.read(file))
                .isInstanceOf(UserInputException.class)
                .hasMessage(file + ": " + message);
    }

    private static void cut(Path file, int bytes) throws IOException {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), bytes));
    }

    /** Noise, which deflate cannot shrink to a point where cutting would miss the voxels. */
    private static RawNifti raw(Consumer<ByteBuffer> change) {
        byte[] noise = new byte[2560];
        new Random(1).nextBytes(noise);
        return new RawNifti(ByteOrder.LITTLE_ENDIAN, SHAPE, 4, 16, out -> out.put(noise))
                .with(change);
    }

    private Path path(String name) {
        return folder.resolve(name);
    }
}
