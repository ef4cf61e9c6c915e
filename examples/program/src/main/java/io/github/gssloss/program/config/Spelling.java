/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/** Guesses the name that was meant where a user mistyped one. */
public final class Spelling {

    private static final int MAX_EDITS = 3;

    private Spelling() {}

    /**
     * Returns the name that is most like a mistyped one.
     *
     * @param typed what the user typed
     * @param names the names that exist
     * @return the closest, by single characters inserted, deleted or replaced; empty where even
     *     that one is more than three of these away
     */
    public static Optional<String> closest(String typed, Collection<String> names) {
        return names.stream()
                .filter(name -> edits(name, typed) <= MAX_EDITS)
                .min(Comparator.comparingInt(name -> edits(name, typed)));
    }

    /** Levenshtein's distance: single characters inserted, deleted or replaced. */
    private static int edits(String a, String b) {
        int[] row = IntStream.rangeClosed(0, b.length()).toArray();
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
