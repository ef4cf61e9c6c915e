/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.nifti;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that somebody made to fill the memory or to keep a processor busy. */
class HostileNiftiTest {

    private static final byte[] ZEROS = new byte[1_000_000];

    @TempDir private Path folder;

    /** A gzip of a fortieth of a megabyte, of which a thousand times as much comes out. */
    @ParameterizedTest
    @ValueSource(strings = {"bomb.nii.gz", "bomb.nii"})
    void whatFollowsTheVoxelsIsNotReadToItsEnd(String name) throws IOException {
        Path file = folder.resolve(name);
        RawNifti image = new RawNifti(ByteOrder.LITTLE_ENDIAN, new int[] {2, 2, 2}, 2, 8, b -> {});
        try (OutputStream plain = Files.newOutputStream(file);
                OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
            out.write(image.buffer.array());
            for (int i = 0; i < 25; i++) {
                out.write(ZEROS);
            }
        }

        assertThatThrownBy(() -> NiftiReader.read(file))
                .isInstanceOf(UserInputException.class)
                .hasMessage(file + ": expected the end behind the voxels, got more than 17 MB");
    }

    /** The largest that a header can claim: a slice of 268 million voxels of 8 bytes. */
    @Test
    void aVolumeThatJavasMemoryDoesNotHoldIsRefused() {
        Path file = folder.resolve("large.nii.gz");
        NiftiHeader header =
                NiftiHeader.create(
                        new int[] {16383, 16384, 1}, new float[] {1, 1, 1}, NiftiDatatype.FLOAT64);

        assertThatThrownBy(() -> NiftiReader.checkMemory(header, file, 4_000_000_000L))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        file
                                + ": dimensions: expected a volume that fits Java's 4.0 GB, got one"
                                + " that takes 4.3 GB (JAVA_OPTS=-Xmx... gives more)");
        assertThatCode(() -> NiftiReader.checkMemory(header, file, 5_000_000_000L))
                .doesNotThrowAnyException();
    }

    /** The file is as long as a gzip of such a volume could be. */
    @Test
    void aVolumeThatThisJavasMemoryDoesNotHoldIsRefusedUnread() throws IOException {
        assumeThat(Runtime.getRuntime().maxMemory())
                .as("more memory than a header can claim: start Java with -Xmx3g")
                .isLessThan(4_290_000_000L);
        Path file = folder.resolve("large.nii");
        RawNifti image =
                new RawNifti(ByteOrder.LITTLE_ENDIAN, new int[] {1, 1, 270_000}, 64, 64, b -> {})
                        .with(b -> b.putShort(42, (short) 16383))
                        .with(b -> b.putShort(44, (short) 16384))
                        .with(b -> b.putShort(46, (short) 1));

        assertThatThrownBy(() -> NiftiReader.read(image.write(file)))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(file + ": dimensions: expected a volume that fits Java's ");
    }
}
