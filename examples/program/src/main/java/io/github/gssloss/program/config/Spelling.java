/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Guesses the name that was meant where a user mistyped one. */
public final class Spelling {

    /** Single characters inserted, deleted or replaced; -1 where there are more than three. */
    private static final LevenshteinDistance EDITS = new LevenshteinDistance(3);

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
                .filter(name -> EDITS.apply(name, typed) >= 0)
                .min(Comparator.comparing(name -> EDITS.apply(name, typed)));
    }

    /** The message about a key that is none: with the key that was most likely meant, or all. */
    static String unknown(String key, String typed, Collection<String> names) {
        String hint =
                closest(typed, names)
                        .map(meant -> ", did you mean '" + meant + "'?")
                        .orElseGet(() -> " (known: " + String.join(", ", names) + ")");
        return "unknown key '" + key + "'" + hint;
    }
}
