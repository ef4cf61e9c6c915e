/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.nifti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NIfTI-2 files put together from the numbers of the standard ({@code nifti2.h}). */
class Nifti2Test {

    @TempDir private Path folder;

    /** Two voxels of int16 after an extension; scaled by a number that no float has. */
    private static ByteBuffer raw(ByteOrder order) {
        ByteBuffer raw = ByteBuffer.allocate(576 + 4).order(order);
        raw.putInt(0, 540).put(4, new byte[] {'n', '+', '2', 0, '\r', '\n', 26, '\n'});
        raw.putShort(12, (short) 4).putShort(14, (short) 16);
        raw.putLong(16, 3).putLong(24, 2).putLong(32, 1).putLong(40, 1);
        raw.putDouble(104, 1).putDouble(112, 2).putDouble(120, 3).putDouble(128, 4);
        raw.putLong(168, 576).putDouble(176, 1 + 1e-9).putDouble(184, 0.25);
        raw.putInt(348, 1);
        raw.putDouble(400, -2).putDouble(424, 10).putDouble(440, -3).putDouble(456, 20);
        raw.putDouble(480, 4).putDouble(488, 30).putInt(500, 2);
        return raw.putShort(576, (short) 16000).putShort(578, (short) -7);
    }

    private Path write(ByteBuffer raw) throws IOException {
        byte[] bytes = new byte[raw.capacity()];
        raw.get(0, bytes);
        return Files.write(folder.resolve("image.nii"), bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void isReadInBothByteOrders(String order) throws IOException {
        Path file =
                write(
                        raw(
                                order.equals("BIG_ENDIAN")
                                        ? ByteOrder.BIG_ENDIAN
                                        : ByteOrder.LITTLE_ENDIAN));

        NiftiImage image = NiftiReader.read(file);

        assertThat(image.data()).containsExactly((float) (16000 * (1 + 1e-9) + 0.25), -6.75f);
        assertThat(image.header().geometry().affine())
                .isDeepEqualTo(
                        new double[][] {
                            {-2, 0, 0, 10}, {0, -3, 0, 20}, {0, 0, 4, 30}, {0, 0, 0, 1}
                        });
        assertThat(image.header().warnings()).isEmpty();
        Path written = folder.resolve("segmentation.nii.gz");
        NiftiWriter.write(written, image.header(), new byte[] {1, 4});
        NiftiImage back = NiftiReader.read(written);
        assertThat(back.data()).containsExactly(1, 4);
        assertThat(back.header().geometry().matches(image.header().geometry())).isTrue();
    }

    @Test
    void refusesWhatNifti1CannotSay() throws IOException {
        Path long1 = write(raw(ByteOrder.LITTLE_ENDIAN).putLong(24, 40_000));
        assertThatThrownBy(() -> NiftiReader.read(long1))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        long1 + ": dimensions: expected one volume (nx, ny, nz), got (-1, 1, 1)");
        Path offset = write(raw(ByteOrder.LITTLE_ENDIAN).putLong(168, -1));
        assertThatThrownBy(() -> NiftiReader.read(offset))
                .hasMessage(offset + ": vox_offset: expected at least 540, got -1.0");
    }
}
