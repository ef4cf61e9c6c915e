/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.nifti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NiftiWriterTest {

    private static final int[] SHAPE = {4, 3, 18};
    private static final float[] SPACING = {1, 0.5f, 2};

    @TempDir Path folder;

    private static float[] ramp(double step) {
        float[] data = new float[4 * 3 * 18];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) (step * i);
        }
        return data;
    }

    @ParameterizedTest
    @EnumSource(NiftiDatatype.class)
    void roundTripsEveryType(NiftiDatatype type) {
        float[] data = ramp(type.integral() ? 0.5 : 0.37);
        Path file = folder.resolve("image.nii.gz");
        NiftiWriter.write(file, NiftiHeader.create(SHAPE, SPACING, type), data);

        NiftiImage back = NiftiReader.read(file);

        assertThat(back.header().datatype()).isEqualTo(type);
        assertThat(back.header().shape()).containsExactly(SHAPE);
        assertThat(back.header().geometry().spacing()).containsExactly(SPACING);
        for (int i = 0; i < data.length; i++) {
            float expected = type.integral() ? (float) Math.floor(data[i] + 0.5) : data[i];
            assertThat(back.data()[i]).isEqualTo(expected);
        }
    }

    @Test
    void laysXFastestAfter352Bytes() throws IOException {
        short[] data = new short[4 * 3 * 18];
        for (int i = 0; i < data.length; i++) {
            data[i] = (short) (i - 50);
        }
        Path file = folder.resolve("image.nii.gz");
        NiftiWriter.write(file, NiftiHeader.create(SHAPE, SPACING, NiftiDatatype.INT16), data);

        byte[] bytes;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            bytes = in.readAllBytes();
        }
        ByteBuffer raw = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes).hasSize(352 + 2 * data.length);
        assertThat(raw.getInt(0)).isEqualTo(348);
        assertThat(raw.getShort(40)).isEqualTo((short) 3);
        assertThat(raw.getShort(46)).isEqualTo((short) 18);
        assertThat(raw.getShort(48)).isEqualTo((short) 1);
        assertThat(raw.getShort(70)).isEqualTo((short) 4);
        assertThat(raw.getShort(72)).isEqualTo((short) 16);
        assertThat(raw.getFloat(108)).isEqualTo(352);
        assertThat(raw.getFloat(112)).isEqualTo(1);
        assertThat(bytes[123]).isEqualTo((byte) 2);
        assertThat(new String(bytes, 344, 3, StandardCharsets.US_ASCII)).isEqualTo("n+1");
        for (int z = 0; z < 18; z++) {
            for (int y = 0; y < 3; y++) {
                for (int x = 0; x < 4; x++) {
                    assertThat(raw.getShort(352 + 2 * (x + 4 * (y + 3 * z))))
                            .isEqualTo(data[(x * 3 + y) * 18 + z]);
                }
            }
        }
    }

    @Test
    void writesLabelsAbove127() {
        byte[] labels = new byte[4 * 3 * 18];
        labels[5] = (byte) 200;
        Path file = folder.resolve("seg.nii");
        NiftiWriter.write(file, NiftiHeader.create(SHAPE, SPACING, NiftiDatatype.FLOAT32), labels);
        NiftiImage back = NiftiReader.read(file);
        assertThat(back.header().datatype()).isEqualTo(NiftiDatatype.UINT8);
        assertThat(back.data()[5]).isEqualTo(200);
    }

    @Test
    void keepsTheGridOfItsInput() throws IOException {
        Path input = folder.resolve("input.nii.gz");
        new RawNifti(
                        ByteOrder.BIG_ENDIAN,
                        new int[] {2, 1, 1},
                        16,
                        32,
                        out -> out.putFloat(1).putFloat(2))
                .with(
                        b -> {
                            b.putFloat(112, 3).putFloat(116, 4).putFloat(124, 9).putFloat(128, -9);
                            b.put(148, (byte) 'd').put(348, (byte) 1);
                            b.putShort(252, (short) 2).putShort(254, (short) 4);
                            for (int i = 0; i < 12; i++) {
                                // Axes exchanged, and oblique.
                                boolean large = i == 1 || i == 6 || i == 8;
                                b.putFloat(280 + 4 * i, large ? 2.5f : 0.01f * i);
                            }
                        })
                .write(input);
        NiftiHeader header = NiftiReader.read(input).header();
        Path output = folder.resolve("prediction.nii");
        NiftiWriter.write(output, header, new byte[] {4, 1});

        byte[] expected = header.bytes();
        ByteBuffer raw = ByteBuffer.wrap(expected).order(ByteOrder.BIG_ENDIAN);
        raw.putShort(70, (short) 2).putShort(72, (short) 8).putFloat(112, 1).putFloat(116, 0);
        raw.putFloat(124, 0).putFloat(128, 0);
        byte[] written = Files.readAllBytes(output);
        assertThat(written).hasSize(354).startsWith(expected).endsWith(0, 0, 0, 0, 4, 1);
        assertThat(NiftiReader.read(output).header().geometry().affine())
                .isDeepEqualTo(header.geometry().affine());
    }

    @Test
    void writesScaledInputUnscaled() throws IOException {
        Path input = folder.resolve("input.nii");
        new RawNifti(
                        ByteOrder.LITTLE_ENDIAN,
                        new int[] {2, 1, 1},
                        16,
                        32,
                        out -> out.putFloat(1).putFloat(2))
                .with(b -> b.putFloat(112, 3).putFloat(116, 4))
                .write(input);
        NiftiImage image = NiftiReader.read(input);
        Path output = folder.resolve("output.nii");
        NiftiWriter.write(output, image.header(), image.data());
        assertThat(NiftiReader.read(output).data()).containsExactly(7, 10);
    }

    @Test
    void leavesNothingBesideTheFileAndReplacesAnOldOne() throws IOException {
        Path file = folder.resolve("image.nii.gz");
        NiftiHeader header = NiftiHeader.create(SHAPE, SPACING, NiftiDatatype.FLOAT32);
        NiftiWriter.write(file, header, ramp(1));
        byte[] first = Files.readAllBytes(file);
        NiftiWriter.write(file, header, ramp(2));
        assertThat(NiftiReader.read(file).data()[3]).isEqualTo(6);
        NiftiWriter.write(file, header, ramp(1));
        assertThat(Files.readAllBytes(file)).isEqualTo(first);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void refusesWhatCannotBeWritten() {
        NiftiHeader header = NiftiHeader.create(SHAPE, SPACING, NiftiDatatype.INT16);
        Path file = folder.resolve("image.nii.gz");
        float[] tooLarge = ramp(1);
        tooLarge[7] = 40000;
        float[] undefined = ramp(1);
        undefined[8] = Float.NaN;
        assertThatThrownBy(() -> NiftiWriter.write(file, header, tooLarge))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("voxel 7: INT16 cannot hold 40000.0");
        assertThatThrownBy(() -> NiftiWriter.write(file, header, undefined))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("voxel 8: INT16 cannot hold NaN");
        assertThatThrownBy(() -> NiftiWriter.write(file, header, new byte[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("data: expected 216 voxels for shape [4, 3, 18], got 3");
        assertThatThrownBy(() -> new NiftiImage(header, new float[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("data: expected 216 voxels for shape [4, 3, 18], got 3");
        assertThatThrownBy(() -> NiftiWriter.write(folder.resolve("a.img"), header, ramp(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("a.img: expected a name ending .nii or .nii.gz");
        Path nowhere = folder.resolve("none").resolve("image.nii");
        assertThatThrownBy(() -> NiftiWriter.write(nowhere, header, ramp(1)))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(nowhere + ": cannot be written: ");
        assertThat(file).doesNotExist();
    }
}
