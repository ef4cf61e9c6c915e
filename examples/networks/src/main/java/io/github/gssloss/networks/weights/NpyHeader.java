/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.weights;

import io.github.gssloss.files.UserInputException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of one array in NumPy's format, read only to refuse what DJL would read wrongly or not
 * survive: 16-bit types end the JVM, big-endian numbers come out wrong.
 *
 * @param bytes the size of header and data together
 */
record NpyHeader(long bytes) {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** Bytes of an element, by NumPy's name of its type. */
    private static final Map<String, Integer> TYPES =
            Map.of("<f4", 4, "<f8", 8, "<i4", 4, "<i8", 8, "|b1", 1, "|u1", 1, "|i1", 1);

    private static final Pattern DICTIONARY =
            Pattern.compile(
                    "\\{'descr': '([^']*)', 'fortran_order': (True|False),"
                            + " 'shape': \\(([0-9, ]*)\\), *\\}");

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
        // A header of more than this is no header, and DJL reads its length as a signed short.
        if (size > Short.MAX_VALUE) {
            throw new UserInputException(where + ": expected a header, got " + size + " bytes");
        }
        byte[] text = new byte[(int) size];
        data.readFully(text);
        long dataBytes = check(new String(text, StandardCharsets.UTF_8).strip(), where);
        return new NpyHeader(MAGIC.length + 2 + length.length + size + dataBytes);
    }

    private static long check(String header, String where) {
        Matcher matcher = DICTIONARY.matcher(header);
        if (!matcher.matches()) {
            throw new UserInputException(
                    where + ": expected a plain array, got the header " + header);
        }
        Integer elementBytes = TYPES.get(matcher.group(1));
        if (elementBytes == null) {
            throw new UserInputException(
                    where
                            + ": expected little-endian float32, float64, int32, int64, or uint8,"
                            + " int8, bool, got the type "
                            + matcher.group(1));
        }
        if (matcher.group(2).equals("True")) {
            throw new UserInputException(where + ": expected C order, got Fortran order");
        }
        long bytes = elementBytes;
        for (String token : matcher.group(3).split(",", -1)) {
            bytes = Math.multiplyExact(bytes, token.isBlank() ? 1 : Long.parseLong(token.strip()));
        }
        return bytes;
    }
}
