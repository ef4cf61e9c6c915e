/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.doctor;

import java.util.Locale;

/**
 * What one check of this machine found.
 *
 * @param check what was looked at, a word or two
 * @param state whether it is as it should be
 * @param found what was found, one line
 * @param advice what to do about it, one line; empty where nothing is to do
 */
public record Finding(String check, State state, String found, String advice) {

    /** Whether what was found is as it should be. */
    public enum State {
        /** As it should be. */
        OK,
        /** The program works, but slower or with less than it could have. */
        NOTE,
        /** The program cannot work so. */
        PROBLEM;

        /**
         * Returns the word for it in the table; what must not be overlooked is in capitals.
         *
         * @return the word
         */
        public String word() {
            return this == PROBLEM ? name() : name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Messages of the engine have several lines; here each has one.
     *
     * @param check what was looked at, a word or two
     * @param state whether it is as it should be
     * @param found what was found
     * @param advice what to do about it
     */
    public Finding {
        found = oneLine(found);
        advice = oneLine(advice);
    }

    static Finding ok(String check, String found) {
        return new Finding(check, State.OK, found, "");
    }

    static Finding note(String check, String found, String advice) {
        return new Finding(check, State.NOTE, found, advice);
    }

    static Finding problem(String check, String found, String advice) {
        return new Finding(check, State.PROBLEM, found, advice);
    }

    /** What failed, and the cause at its bottom, which says most. */
    static String message(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String bottom = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return failure == cause ? bottom : failure.getMessage() + " (" + bottom + ")";
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
