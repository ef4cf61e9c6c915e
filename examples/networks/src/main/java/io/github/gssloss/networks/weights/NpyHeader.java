/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.files.UserInputException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The header of one array in NumPy's format.
 *
 * @param type the type of the numbers
 * @param fortranOrder whether the first axis runs fastest
 * @param shape the array's shape
 * @param bytes the number of bytes of header and numbers together
 */
record NpyHeader(DataType type, boolean fortranOrder, Shape shape, long bytes) {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** The types that are read, by NumPy's names. */
    private static final Map<String, DataType> TYPES =
            Map.of(
                    "<f2", DataType.FLOAT16,
                    "<f4", DataType.FLOAT32,
                    "<f8", DataType.FLOAT64,
                    "<i4", DataType.INT32,
                    "<i8", DataType.INT64,
                    "|b1", DataType.BOOLEAN,
                    "|u1", DataType.UINT8,
                    "|i1", DataType.INT8);

    private static final Pattern DICTIONARY =
            Pattern.compile(
                    "\\{'descr': '([^']*)', 'fortran_order': (True|False),"
                            + " 'shape': \\(([0-9, ]*)\\), *\\}");

    /** The numbers begin at a multiple of this. */
    private static final int ALIGNMENT = 64;

    /**
     * Reads and checks a header.
     *
     * @param in the array's bytes, from the first
     * @param where the file and the array, for messages
     * @return the header
     * @throws IOException if the bytes cannot be read or end too early
     * @throws UserInputException if the array is of a kind that is not read here
     */
    static NpyHeader read(InputStream in, String where) throws IOException {
        DataInputStream data = new DataInputStream(in);
        byte[] magic = new byte[MAGIC.length];
        data.readFully(magic);
        int major = data.readUnsignedByte();
        int minor = data.readUnsignedByte();
        if (!Arrays.equals(magic, MAGIC) || major < 1 || major > 3 || minor != 0) {
            throw new UserInputException(
                    where + ": expected an array in NumPy's format 1 to 3, got other bytes");
        }
        byte[] length = new byte[major == 1 ? 2 : 4];
        data.readFully(length);
        long size = 0;
        for (int i = length.length - 1; i >= 0; i--) {
            size = size << 8 | (length[i] & 0xff);
        }
        // A longer one is no header of a plain array.
        if (size > Short.MAX_VALUE) {
            throw new UserInputException(where + ": expected a header, got " + size + " bytes");
        }
        byte[] text = new byte[(int) size];
        data.readFully(text);
        long headerBytes = MAGIC.length + 2 + length.length + size;
        return parse(new String(text, StandardCharsets.UTF_8).strip(), headerBytes, where);
    }

    private static NpyHeader parse(String header, long headerBytes, String where) {
        Matcher matcher = DICTIONARY.matcher(header);
        if (!matcher.matches()) {
            throw notPlain(header, where);
        }
        DataType type = TYPES.get(matcher.group(1));
        if (type == null) {
            throw new UserInputException(
                    where
                            + ": expected little-endian float16, float32, float64, int32, int64,"
                            + " or uint8, int8, bool, got the type "
                            + matcher.group(1));
        }
        try {
            long[] sizes =
                    Arrays.stream(matcher.group(3).split(","))
                            .filter(token -> !token.isBlank())
                            .mapToLong(token -> Long.parseLong(token.strip()))
                            .toArray();
            long numbers = LongStream.of(sizes).reduce(type.getNumOfBytes(), Math::multiplyExact);
            return new NpyHeader(
                    type,
                    matcher.group(2).equals("True"),
                    new Shape(sizes),
                    Math.addExact(headerBytes, numbers));
        } catch (NumberFormatException | ArithmeticException e) {
            throw notPlain(header, where);
        }
    }

    private static UserInputException notPlain(String header, String where) {
        return new UserInputException(where + ": expected a plain array, got the header " + header);
    }

    /** Returns the bytes of the header, of format 1.0, that belongs before an array in C order. */
    static byte[] write(NDArray array) {
        String sizes =
                LongStream.of(array.getShape().getShape())
                        .mapToObj(size -> size + ",")
                        .collect(Collectors.joining(" "));
        String type = array.getDataType().asNumpy();
        String header =
                "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(type, sizes);
        int before = MAGIC.length + 4;
        int length = (before + header.length() + ALIGNMENT) / ALIGNMENT * ALIGNMENT - before;
        byte[] bytes = Arrays.copyOf(MAGIC, before + length);
        Arrays.fill(bytes, before, bytes.length, (byte) ' ');
        bytes[MAGIC.length] = 1;
        bytes[MAGIC.length + 2] = (byte) length;
        bytes[MAGIC.length + 3] = (byte) (length >> 8);
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, bytes, before, text.length);
        bytes[bytes.length - 1] = '\n';
        return bytes;
    }
}
