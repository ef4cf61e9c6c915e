/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import io.github.gssloss.files.Sha256;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a prepared case depends on, in words by name: how it is prepared and, once its files are
 * named, the checksum of each of them. Two cases with equal records are equal, wherever their files
 * lie. Caches, runs and evaluations are keyed by it.
 *
 * @param fields the words by name, sorted
 */
public record PreparationRecord(SortedMap<String, String> fields) {

    /** Raised when the same fields come to mean something else. */
    private static final String FORMAT = "2";

    /**
     * Keeps a copy.
     *
     * @param fields the words by name
     */
    public PreparationRecord {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    /** Returns a record that has nothing but its format. */
    static PreparationRecord create() {
        return new PreparationRecord(new TreeMap<>()).with("format", FORMAT);
    }

    /**
     * Returns this record with a field more.
     *
     * @param name the name of the field
     * @param value its value
     * @return the longer record
     */
    public PreparationRecord with(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(fields);
        more.put(name, value);
        return new PreparationRecord(more);
    }

    /**
     * Returns the record as one word.
     *
     * @return 64 hexadecimal digits, the same for equal records alone
     */
    public String sha256() {
        StringBuilder text = new StringBuilder();
        // The length first: no value can look like a field of its own.
        fields.forEach(
                (name, value) ->
                        text.append(name)
                                .append(' ')
                                .append(value.length())
                                .append(' ')
                                .append(value)
                                .append('\n'));
        return HexFormat.of().formatHex(Sha256.of(text.toString()));
    }
}
