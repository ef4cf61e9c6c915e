/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.nifti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NiftiHeaderTest {

    private static final int[] SHAPE = {2, 1, 1};

    @TempDir Path folder;

    private NiftiHeader read(Consumer<ByteBuffer> change) throws IOException {
        Path file = folder.resolve("header.nii");
        new RawNifti(ByteOrder.LITTLE_ENDIAN, SHAPE, 2, 8, out -> {}).with(change).write(file);
        return NiftiReader.readHeader(file);
    }

    @Test
    void fallsBackFromSformToQformToSpacing() throws IOException {
        Consumer<ByteBuffer> spacing = b -> b.putFloat(80, 2).putFloat(84, 3).putFloat(88, 4);
        // Half a turn about z: (a, b, c, d) = (0, 0, 0, 1), as BraTS stores it.
        Consumer<ByteBuffer> qform =
                b ->
                        b.putShort(252, (short) 1)
                                .putFloat(264, 1)
                                .putFloat(268, 10)
                                .putFloat(272, 20);
        Consumer<ByteBuffer> sform =
                b -> b.putShort(254, (short) 1).putFloat(284, 7).putFloat(304, 8).putFloat(312, 9);

        assertThat(read(spacing).geometry().affine())
                .isDeepEqualTo(
                        new double[][] {{2, 0, 0, 0}, {0, 3, 0, 0}, {0, 0, 4, 0}, {0, 0, 0, 1}});
        assertThat(read(spacing.andThen(qform)).geometry().affine())
                .isDeepEqualTo(
                        new double[][] {
                            {-2, 0, 0, 10}, {0, -3, 0, 20}, {0, 0, 4, 0}, {0, 0, 0, 1}
                        });
        assertThat(read(spacing.andThen(qform).andThen(sform)).geometry().affine())
                .isDeepEqualTo(
                        new double[][] {{0, 7, 0, 0}, {0, 0, 8, 0}, {9, 0, 0, 0}, {0, 0, 0, 1}});
    }

    @Test
    void flipsZByTheHandOfTheQform() throws IOException {
        NiftiHeader header = read(b -> b.putShort(252, (short) 1).putFloat(76, -1));
        assertThat(header.geometry().affine())
                .isDeepEqualTo(
                        new double[][] {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, -1, 0}, {0, 0, 0, 1}});
    }

    @Test
    void givesMillimetresWhateverTheUnit() throws IOException {
        assertThat(read(b -> b.put(123, (byte) 1).putFloat(80, 0.002f)).geometry().spacing()[0])
                .isEqualTo(2, within(1e-6f));
        assertThat(read(b -> b.put(123, (byte) 3).putFloat(80, 500)).geometry().affine()[0][0])
                .isEqualTo(0.5, within(1e-9));
        assertThat(read(b -> b.put(123, (byte) 2).putFloat(80, -0.5f)).geometry().spacing()[0])
                .isEqualTo(0.5f);
    }

    /** Input {@code pixdim1}: 1 mm in pixdim, 4.2 mm in the sform. */
    @Test
    void spacingComesFromTheAffineAndAnotherPixdimIsNamed() throws IOException {
        NiftiHeader header =
                read(
                        b ->
                                b.putShort(254, (short) 1)
                                        .putFloat(280, 4.2f)
                                        .putFloat(300, 4.2f)
                                        .putFloat(320, 4.2f));
        assertThat(header.geometry().spacing()).containsExactly(4.2f, 4.2f, 4.2f);
        assertThat(header.warnings())
                .containsExactly(
                        "pixdim says [1.0, 1.0, 1.0] mm, the affine [4.2, 4.2, 4.2] mm: the affine"
                                + " is taken");
    }

    /** Input {@code zoom0}: pixdim 0, a good sform. */
    @Test
    void aGoodSformIsReadWherePixdimIsZero() throws IOException {
        NiftiHeader header =
                read(
                        b ->
                                b.putFloat(80, 0)
                                        .putFloat(84, 0)
                                        .putFloat(88, 0)
                                        .putShort(254, (short) 1)
                                        .putFloat(280, 2)
                                        .putFloat(300, 2)
                                        .putFloat(320, 2));
        assertThat(header.geometry().spacing()).containsExactly(2, 2, 2);
        assertThat(header.warnings()).hasSize(1);
    }

    @Test
    void formsThatLieApartAndMissingOnesAreNamed() throws IOException {
        Consumer<ByteBuffer> both =
                b ->
                        b.putShort(252, (short) 1)
                                .putShort(254, (short) 1)
                                .putFloat(280, 1)
                                .putFloat(300, 1)
                                .putFloat(320, 1);
        assertThat(read(both).warnings()).isEmpty();
        assertThat(read(both.andThen(b -> b.putFloat(268, 5))).warnings())
                .containsExactly("sform and qform lie apart: the sform is taken");
        assertThat(read(b -> {}).warnings())
                .containsExactly("has neither sform nor qform: its axes are taken to lead to RAS");
    }

    @Test
    void storesAnyRotationInTheQformToo() throws IOException {
        Random random = new Random(7);
        for (int turn = 0; turn < 50; turn++) {
            double[][] affine = randomAffine(random);
            NiftiHeader header = NiftiHeader.create(SHAPE, affine, NiftiDatatype.UINT8);
            ByteBuffer raw = ByteBuffer.wrap(header.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(raw.getShort(252)).isEqualTo((short) 1);
            raw.putShort(254, (short) 0);
            NiftiHeader qform = NiftiHeader.parse(raw.array(), folder);
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 4; column++) {
                    double expected = affine[row][column];
                    assertThat(header.geometry().affine()[row][column])
                            .isEqualTo(expected, within(1e-4));
                    assertThat(qform.geometry().affine()[row][column])
                            .isEqualTo(expected, within(1e-3));
                }
            }
        }
    }

    /** Three turns about the axes, edges from 0.5 to 3 mm, one axis flipped in half of them. */
    private static double[][] randomAffine(Random random) {
        double[][] affine = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};
        for (int axis = 0; axis < 3; axis++) {
            double angle = random.nextDouble() * 2 * Math.PI;
            int one = (axis + 1) % 3;
            int two = (axis + 2) % 3;
            for (int column = 0; column < 3; column++) {
                double a = affine[one][column];
                double b = affine[two][column];
                affine[one][column] = Math.cos(angle) * a - Math.sin(angle) * b;
                affine[two][column] = Math.sin(angle) * a + Math.cos(angle) * b;
            }
        }
        double flip = random.nextBoolean() ? -1 : 1;
        for (int row = 0; row < 3; row++) {
            affine[row][3] = 200 * random.nextDouble() - 100;
            affine[row][1] *= flip;
        }
        for (int column = 0; column < 3; column++) {
            double edge = 0.5 + 2.5 * random.nextDouble();
            for (int row = 0; row < 3; row++) {
                affine[row][column] *= edge;
            }
        }
        return affine;
    }

    @Test
    void leavesTheQformOutWhereAxesAreNotAtRightAngles() {
        double[][] sheared = {{1, 0.3, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};
        NiftiHeader header = NiftiHeader.create(SHAPE, sheared, NiftiDatatype.UINT8);
        ByteBuffer raw = ByteBuffer.wrap(header.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(raw.getShort(252)).isEqualTo((short) 0);
        assertThat(raw.getShort(254)).isEqualTo((short) 1);
        assertThat(header.geometry().affine()[0][1]).isEqualTo(0.3, within(1e-6));
    }

    @Test
    void refusesGridsThatCannotBe() {
        float[] unit = {1, 1, 1};
        assertRefused(
                () -> NiftiHeader.create(new int[] {1, 2}, unit, NiftiDatatype.UINT8),
                "shape: expected 3 sizes from 1 to 32767, got [1, 2]");
        assertRefused(
                () -> NiftiHeader.create(new int[] {1, 2, 40000}, unit, NiftiDatatype.UINT8),
                "shape: expected 3 sizes from 1 to 32767, got [1, 2, 40000]");
        assertRefused(
                () -> NiftiHeader.create(SHAPE, new float[] {1, 1}, NiftiDatatype.UINT8),
                "spacing: expected 3 numbers, got [1.0, 1.0]");
        assertRefused(
                () -> NiftiHeader.create(SHAPE, new float[] {1, 0, 1}, NiftiDatatype.UINT8),
                "affine: expected three axes from 1e-12 to 1e12 mm that span the space, got [[1.0,"
                    + " 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 0.0,"
                    + " 1.0]]");
        assertRefused(
                () -> NiftiHeader.create(SHAPE, new double[3][4], NiftiDatatype.UINT8),
                "affine: expected 4 x 4 numbers");
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
