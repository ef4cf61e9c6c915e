/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.nifti;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NiftiReaderTest {

    /** More slices than are transposed together, so that the last group is a smaller one. */
    private static final int[] SHAPE = {3, 2, 19};

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "2, 8",
        "4, 16",
        "8, 32",
        "16, 32",
        "64, 64",
        "256, 8",
        "512, 16",
        "768, 32",
        "1024, 64",
        "1280, 64",
    })
    void readsEveryTypeInBothByteOrders(int code, int bits) throws IOException {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            Path file = folder.resolve(code + "-" + order + ".nii.gz");
            new RawNifti(order, SHAPE, code, bits, out -> put(out, code)).write(file);

            NiftiImage image = NiftiReader.read(file);

            assertThat(image.header().shape()).containsExactly(SHAPE);
            assertThat(image.header().datatype().code()).isEqualTo(code);
            for (int x = 0; x < 3; x++) {
                for (int y = 0; y < 2; y++) {
                    for (int z = 0; z < 19; z++) {
                        float expected = (float) value(code, x + 3 * (y + 2 * z));
                        assertThat(image.data()[(x * 2 + y) * 19 + z]).isEqualTo(expected);
                    }
                }
            }
        }
    }

    /** Values that differ by type: the top of the range where signs are easily confused. */
    private static double value(int code, int i) {
        return switch (code) {
            case 2 -> 255 - i;
            case 4 -> -32768 + 500 * i;
            case 8 -> Integer.MIN_VALUE + 1_000_000L * 256 * (i % 16);
            case 16 -> (float) (0.1 * i - 3);
            case 64 -> 1.0 / (i + 1) - 0.5;
            case 256 -> i - 100;
            case 512 -> 65535 - 300 * i;
            case 768 -> 4_294_967_295L - 300L * i;
            case 1024 -> Long.MIN_VALUE + (1L << 55) * i;
            // The upper half of the range, where the sign bit is set.
            case 1280 -> 0x1p63 + 0x1p50 * i;
            default -> throw new IllegalArgumentException("code " + code);
        };
    }

    private static void put(ByteBuffer out, int code) {
        for (int i = 0; i < 3 * 2 * 19; i++) {
            double value = value(code, i);
            switch (code) {
                case 2, 256 -> out.put((byte) (int) value);
                case 4, 512 -> out.putShort((short) (int) value);
                case 8, 768 -> out.putInt((int) (long) value);
                case 1024 -> out.putLong((long) value);
                case 1280 -> out.putLong((long) (value - 0x1p63) + Long.MIN_VALUE);
                case 16 -> out.putFloat((float) value);
                default -> out.putDouble(value);
            }
        }
    }

    private static RawNifti small(Consumer<ByteBuffer> change) {
        return new RawNifti(
                        ByteOrder.LITTLE_ENDIAN,
                        new int[] {2, 1, 1},
                        4,
                        16,
                        out -> out.putShort((short) 7).putShort((short) -9))
                .with(change);
    }

    @Test
    void appliesSlopeAndIntercept() throws IOException {
        Path file = small(b -> b.putFloat(112, 0.5f).putFloat(116, 100)).write(path("a.nii"));
        assertThat(NiftiReader.read(file).data()).containsExactly(103.5f, 95.5f);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, 0, Float.POSITIVE_INFINITY})
    void takesAnUnusableSlopeAsNoScaling(float slope) throws IOException {
        Path file = small(b -> b.putFloat(112, slope).putFloat(116, 100)).write(path("a.nii"));
        assertThat(NiftiReader.read(file).data()).containsExactly(7, -9);
    }

    @Test
    void takesANaNInterceptAsZero() throws IOException {
        Path file = small(b -> b.putFloat(112, 2).putFloat(116, Float.NaN)).write(path("a.nii"));
        assertThat(NiftiReader.read(file).data()).containsExactly(14, -18);
    }

    @Test
    void readsAFourthDimensionOfOne() throws IOException {
        Path file = small(b -> b.putShort(40, (short) 4)).write(path("a.nii.gz"));
        assertThat(NiftiReader.read(file).header().shape()).containsExactly(2, 1, 1);
    }

    @Test
    void skipsExtensions() throws IOException {
        RawNifti plain = small(b -> {});
        byte[] extended = new byte[352 + 32 + 4];
        System.arraycopy(plain.buffer.array(), 0, extended, 0, 348);
        System.arraycopy(plain.buffer.array(), 352, extended, 384, 4);
        ByteBuffer.wrap(extended)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(108, 384)
                .put(348, (byte) 1);
        Path file = path("extended.nii");
        Files.write(file, extended);
        assertThat(NiftiReader.read(file).data()).containsExactly(7, -9);
    }

    @Test
    void readsTheHeaderAlone() throws IOException {
        Path file = small(b -> b.putFloat(80, 0.5f).putFloat(88, 3)).write(path("a.nii"), 348);
        NiftiHeader header = NiftiReader.readHeader(file);
        assertThat(header.shape()).containsExactly(2, 1, 1);
        assertThat(header.geometry().spacing()).containsExactly(0.5f, 1, 3);
        assertThat(header.datatype()).isEqualTo(NiftiDatatype.INT16);
    }

    private Path path(String name) {
        return folder.resolve(name);
    }
}
