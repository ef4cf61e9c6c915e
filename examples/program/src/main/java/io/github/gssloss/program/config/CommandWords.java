/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Command lines that can be copied into a shell. */
public final class CommandWords {

    /** Without what a shell reads in another way: blanks, quotes, variables, patterns, the rest. */
    private static final Pattern PLAIN = Pattern.compile("[^\\s'\"$`&;|<>()*?\\[\\]#!{}]+");

    private CommandWords() {}

    /**
     * Joins words, those in quotes that need them.
     *
     * @param words the words, the name of the program first
     * @return one line
     */
    public static String line(Stream<String> words) {
        return words.map(CommandWords::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
