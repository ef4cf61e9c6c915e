/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.runfolder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Archives as somebody else may make them. */
final class Zips {

    private Zips() {}

    /** An archive of texts, stored or compressed. */
    static byte[] of(Map<String, String> entries, int method) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> one : entries.entrySet()) {
                byte[] content = one.getValue().getBytes(StandardCharsets.UTF_8);
                CRC32 sum = new CRC32();
                sum.update(content);
                ZipEntry entry = new ZipEntry(one.getKey());
                entry.setMethod(method);
                entry.setSize(content.length);
                entry.setCrc(sum.getValue());
                zip.putNextEntry(entry);
                zip.write(content);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** The directory names the bytes of the first weights as those of the second. */
    static byte[] withoutSecondCopy(byte[] zip) {
        String text = new String(zip, StandardCharsets.ISO_8859_1);
        String local = "PK\u0003\u0004";
        int second = text.lastIndexOf(local);
        int first = text.lastIndexOf(local, second - 1);
        int directory = text.indexOf("PK\u0001\u0002");
        int removed = directory - second;
        String joined = text.substring(0, second) + text.substring(directory);
        byte[] result = joined.getBytes(StandardCharsets.ISO_8859_1);
        int last = joined.lastIndexOf("PK\u0001\u0002");
        put(result, last + 42, first);
        int end = joined.lastIndexOf("PK\u0005\u0006");
        put(result, end + 16, directory - removed);
        return result;
    }

    private static void put(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >> (8 * i));
        }
    }
}
