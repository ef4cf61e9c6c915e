/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

/** Numbers of things in messages: one case, two cases. */
public final class Counted {

    private Counted() {}

    /**
     * Counts things whose plural has an s.
     *
     * @param number how many there are
     * @param one the word for one of them
     * @return {@code 1 case}, {@code 2 cases}
     */
    public static String of(long number, String one) {
        return of(number, one, one + "s");
    }

    /**
     * Counts things.
     *
     * @param number how many there are
     * @param one the word for one of them
     * @param more the word for none or several
     * @return {@code 1 pass}, {@code 0 passes}
     */
    public static String of(long number, String one, String more) {
        return number + " " + (number == 1 ? one : more);
    }
}
