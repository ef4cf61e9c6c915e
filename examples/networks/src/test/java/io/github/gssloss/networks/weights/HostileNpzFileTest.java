/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that somebody made to do harm. */
class HostileNpzFileTest extends NpzFileFixture {

    /** The first bytes of an entry in the table at an archive's end, and where its size stands. */
    private static final int ENTRY = 0x02014b50;

    private static final int SIZE = 24;

    @ParameterizedTest
    @ValueSource(strings = {"../../outside", "/tmp/outside", "..\\..\\outside", "C:/outside"})
    void aNameThatLeavesTheFolderIsANameAndNoPath(String name) throws IOException {
        write(name + ".npy", npy("(2,)", 8));
        Path root = file.getParent().getParent();
        long before = count(root);

        NDArray read = NpzFile.read(manager, file).singletonOrThrow();

        assertThat(read.getName()).isEqualTo(name);
        assertThat(count(root)).isEqualTo(before);
    }

    @Test
    void aNameWithLineEndsGivesOneLine() throws IOException {
        write("a\nb\u001b[31m.npy", "no array".getBytes(StandardCharsets.US_ASCII));

        refuses(", array a?b?[31m: expected an array in NumPy's format 1 to 3, got other bytes");
    }

    /** 4 TB: neither is anything of that size made, nor does reading take long. */
    @Test
    void aHeaderThatClaimsTerabytesIsRefused() throws IOException {
        write("a.npy", npy("(1000000, 1000000)", 8));

        refuses(", array a: expected 4000000000128 bytes, got 136");
    }

    /** The table at the end promises what the header does, so that only the data tell. */
    @Test
    void aTableThatClaimsWithItsHeaderIsRefused() throws IOException {
        writeInLargeFile("a.npy", npy("(500000000,)", 8));
        forgeSize(2_000_000_128);

        assertThatThrownBy(() -> NpzFile.read(manager, file))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(file + ", array a: ")
                .message()
                .hasLineCount(1);
    }

    @Test
    void anArrayThatJavaCannotHoldIsRefused() throws IOException {
        writeInLargeFile("a.npy", npy("(536870911,)", 8));
        forgeSize((int) (4L * 536_870_911 + 128));

        refuses(", array a: expected at most 2147483639 bytes, got 2147483772");
    }

    /** Python would run what such a header says. */
    @Test
    void aHeaderThatIsAProgramIsRefused() throws IOException {
        String call = "__import__('os').system('touch /tmp/owned')";
        write("a.npy", header("{'descr': " + call + ", 'shape': (2,), }", 8));

        assertThatThrownBy(() -> NpzFile.read(manager, file))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(file + ", array a: expected a plain array, got the header");
    }

    /** What numpy.load would unpickle. */
    @Test
    void anArrayOfPythonsObjectsIsRefused() throws IOException {
        String header = "{'descr': '|O', 'fortran_order': False, 'shape': (2,), }";
        write("a.npy", header(header, 8));

        assertThatThrownBy(() -> NpzFile.read(manager, file))
                .isInstanceOf(UserInputException.class)
                .hasMessageEndingWith("got the type |O");
    }

    /** Zeros shrink to a thousandth: three arrays of 400 MB in a file of 1.2 MB. */
    @Test
    void aSmallFileThatHoldsGigabytesIsRefusedUnread() throws IOException {
        byte[] header = npy("(100000000,)", 0);
        byte[] zeros = new byte[1_000_000];
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String name : List.of("a", "b", "c")) {
                zip.putNextEntry(new ZipEntry(name + ".npy"));
                zip.write(header);
                for (int i = 0; i < 400; i++) {
                    zip.write(zeros);
                }
            }
        }

        refuses(": expected arrays of at most 100 times the file's 1.2 MB, got 1.2 GB of them");
    }

    /** So large that what follows may shrink to nothing and still be weights. */
    private void writeInLargeFile(String entry, byte[] bytes) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            zip.putNextEntry(new ZipEntry("before.npy"));
            zip.write(npy("(6000000,)", 24_000_000));
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(bytes);
        }
    }

    private void write(String entry, byte[] bytes) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(bytes);
        }
    }

    /** Sets the size that the archive's table says its one entry has. */
    private void forgeSize(int size) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer archive = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = bytes.length - 4;
        while (archive.getInt(at) != ENTRY) {
            at--;
        }
        archive.putInt(at + SIZE, size);
        Files.write(file, bytes);
    }

    private static byte[] npy(String shape, int data) {
        return header("{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }", data);
    }

    /** A header of format 1.0, padded to 128 bytes, and so many zeros after it. */
    private static byte[] header(String text, int data) {
        ByteBuffer npy = ByteBuffer.allocate(128 + data);
        npy.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
        npy.put(String.format("%-117s", text).getBytes(StandardCharsets.US_ASCII)).put((byte) '\n');
        return npy.array();
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return files.count();
        }
    }
}
