/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.files.Sha256;
import io.github.gssloss.files.UserInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpzFileTest extends NpzFileFixture {

    @Test
    void readsArraysWithTheirNames() throws IOException {
        write("arr_0", npy("<i4", "False", "(2, 1)", new byte[] {1, 0, 0, 0, 2, 0, 0, 0}));

        NDList arrays = NpzFile.read(manager, file);

        NDArray array = arrays.singletonOrThrow();
        assertThat(array.getName()).isEqualTo("arr_0");
        assertThat(array.getShape()).isEqualTo(new Shape(2, 1));
        assertThat(array.toIntArray()).containsExactly(1, 2);
        assertThat(array.getManager()).isSameAs(manager);
    }

    @ParameterizedTest
    @CsvSource({
        "<f2,2,FLOAT32",
        "<f4,4,FLOAT32",
        "<f8,8,FLOAT64",
        "<i4,4,INT32",
        "<i8,8,INT64",
        "|u1,1,UINT8",
        "|i1,1,INT8",
        "|b1,1,BOOLEAN"
    })
    void readsTheTypesItNames(String type, int bytes, DataType expected) throws IOException {
        write("a", npy(type, "False", "()", new byte[bytes]));

        assertThat(NpzFile.read(manager, file).singletonOrThrow().getDataType())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"<i2,2", "<u2,2", ">f4,4", ">f8,8", "<c8,8", "<u4,4", "|S4,4", "<U1,4"})
    void refusesTypesThatDjlWouldNotReadOrNotSurvive(String type, int bytes) throws IOException {
        write("w.a", npy(type, "False", "(1,)", new byte[bytes]));

        refuses(
                ", array w.a: expected little-endian float16, float32, float64, int32, int64, or"
                        + " uint8, int8, bool, got the type "
                        + type);
    }

    /** {@code np.asfortranarray(np.arange(24).reshape(2, 3, 4))}, input {@code fortran.npz}. */
    @Test
    void weightsInFortranOrderAreRead() throws IOException {
        ByteBuffer numbers = ByteBuffer.allocate(96).order(ByteOrder.LITTLE_ENDIAN);
        for (int z = 0; z < 4; z++) {
            for (int y = 0; y < 3; y++) {
                numbers.putFloat(4 * y + z).putFloat(12 + 4 * y + z);
            }
        }
        write("a", npy("<f4", "True", "(2, 3, 4)", numbers.array()));

        NDArray array = NpzFile.read(manager, file).singletonOrThrow();

        assertThat(array.getShape()).isEqualTo(new Shape(2, 3, 4));
        assertThat(array.toFloatArray())
                .containsExactly(
                        manager.arange(24f).toType(DataType.FLOAT32, false).toFloatArray());
    }

    /** The bytes and the values that numpy gives for them, input {@code f16.npz}. */
    @Test
    void weightsOfHalfPrecisionAreRead() throws IOException {
        byte[] numbers = HexFormat.of().parseHex("003e00c0ff7b010055350080662e");
        write("a", npy("<f2", "False", "(7,)", numbers));

        assertThat(NpzFile.read(manager, file).singletonOrThrow().toFloatArray())
                .containsExactly(1.5f, -2f, 65504f, 0x1p-24f, 0.33325195f, -0f, 0.099975586f);
    }

    @Test
    void whatIsWrittenIsWhatIsRead() throws IOException {
        NDList arrays =
                new NDList(
                        manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3)),
                        manager.create(new double[] {0.1}, new Shape(1)),
                        manager.create(7L),
                        manager.create(new boolean[] {true, false}));
        for (int i = 0; i < arrays.size(); i++) {
            arrays.get(i).setName("layer." + i);
        }
        NpzFile.write(file, arrays);

        NDList read = NpzFile.read(manager, file);

        assertThat(read).isEqualTo(arrays);
        assertThat(read).extracting(NDArray::getName).containsExactly(names(arrays));
    }

    @Test
    void equalArraysGiveEqualBytes() throws IOException {
        NDArray array = manager.create(new float[] {1, 2});
        array.setName("a");
        NpzFile.write(file, new NDList(array));
        String first = Sha256.ofFile(file);
        NpzFile.write(file, new NDList(array));

        assertThat(Sha256.ofFile(file)).isEqualTo(first);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.entries().nextElement().getTimeLocal())
                    .isEqualTo(LocalDateTime.of(2000, 1, 1, 0, 0));
        }
    }

    private static String[] names(NDList arrays) {
        return arrays.stream().map(NDArray::getName).toArray(String[]::new);
    }

    @Test
    void refusesARecordArray() throws IOException {
        write("a", npyOf("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,), }"));

        refuses(
                ", array a: expected a plain array, got the header {'descr': [('x', '<f4')],"
                        + " 'fortran_order': False, 'shape': (1,), }");
    }

    @Test
    void refusesAnEntryThatIsNoArray() throws IOException {
        write("a", "this is no array at all".getBytes(StandardCharsets.US_ASCII));

        refuses(", array a: expected an array in NumPy's format 1 to 3, got other bytes");
    }

    @Test
    void refusesAnArrayThatIsShorterThanItSays() throws IOException {
        write("a", npy("<f4", "False", "(2,)", new byte[4]));

        refuses(", array a: expected 136 bytes, got 132");
    }

    /** The first wraps round to 0 numbers. */
    @ParameterizedTest
    @ValueSource(strings = {"4294967296, 4294967296", "99999999999999999999,", "2 3"})
    void refusesSizesThatNoArrayHas(String sizes) throws IOException {
        write("a", npy("<f4", "False", "(" + sizes + ")", new byte[0]));

        refuses(", array a: expected an array's sizes, got (" + sizes + ")");
    }

    @Test
    void refusesAnArrayWithoutItsHeader() throws IOException {
        write("a", new byte[] {(byte) 0x93, 'N', 'U'});

        refuses(", array a: ends within its header");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        refuses(": expected an .npz file, found none");
    }

    @Test
    void refusesAFileThatIsNoArchive() throws IOException {
        Files.writeString(file, "not a zip archive");

        assertThatThrownBy(() -> NpzFile.read(manager, file))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(file + ": expected a whole .npz archive, got: ");
    }

    @Test
    void refusesAnArchiveThatIsCutOff() throws IOException {
        write("a", npy("<f4", "False", "(2,)", new byte[8]));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 30));

        assertThatThrownBy(() -> NpzFile.read(manager, file))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(file + ": expected a whole .npz archive, got: ");
    }

    /** One byte of the name in the archive's list is no UTF-8. Found by Jazzer. */
    @Test
    void refusesAnArchiveWithANameThatIsNoText() throws IOException {
        String found =
                "UEsDBAoAAAgAAAAAISjRPPuYsAAAALAAAAAQAAAAZmlyc3Qud2VpZ2h0Lm5weZNOVU1QWSQBAHYAeydk"
                    + "ZXNjcic6ICc8ZjQn////////////////////////////////////////////////////////////////"
                    + "////////////////////LCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMzIgNCwpLCB9"
                    + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIC9jb25zdGFudHMu"
                    + "cGtsAIA/AAAAQAAAQEAAAIBAAACgQAAAwEAAAOBAAAAAQQAAEEEAACBBAAAwQVBLAQIKAAoAAAgAAAAA"
                    + "ISjRPPuYsAAAALAAAAAAAAAAEAAAAAAAAAAAAAAAAABmaXJzdC53ZelnaHQubnB5UEsFBgAAAAABAAEA"
                    + "PgAAAN4AAAAAAA==";
        Files.write(file, Base64.getDecoder().decode(found));

        refuses(": expected a whole .npz archive, got one with a damaged name");
    }

    @ParameterizedTest
    @ValueSource(ints = {ZipEntry.STORED, ZipEntry.DEFLATED})
    void refusesDamagedData(int method) throws IOException {
        byte[] numbers = new byte[4096];
        Random random = new Random(1);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (byte) random.nextInt(4);
        }
        byte[] array = npy("<f4", "False", "(1024,)", numbers);
        write("a", array, method);
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 200, 300, (byte) -1);
        Files.write(file, bytes);
        int before = manager.getManagedArrays().size();

        assertThatThrownBy(() -> NpzFile.read(manager, file))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(file + ", array a: is damaged: ");
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    private void write(String name, byte[] npy) throws IOException {
        write(name, npy, ZipEntry.DEFLATED);
    }

    private void write(String name, byte[] npy, int method) throws IOException {
        ZipEntry entry = new ZipEntry(name + ".npy");
        CRC32 sum = new CRC32();
        sum.update(npy);
        entry.setMethod(method);
        entry.setCrc(sum.getValue());
        entry.setSize(npy.length);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(entry);
            zip.write(npy);
        }
    }

    private static byte[] npy(String type, String fortran, String shape, byte[] data)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                npyOf(
                        String.format(
                                "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }",
                                type, fortran, shape)));
        out.write(data);
        return out.toByteArray();
    }

    /** An array's header of format 1.0, padded to 128 bytes. */
    private static byte[] npyOf(String header) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
        out.writeBytes(String.format("%-117s%n", header).getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }
}
