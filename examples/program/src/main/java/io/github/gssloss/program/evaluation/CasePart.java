/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One part of the cases of a folder, for one of several jobs: the parts have no case in common and
 * together have all.
 *
 * @param number which part, from 0 to below the count
 * @param count how many parts there are, at least 1
 */
public record CasePart(int number, int count) {

    private static final Pattern WORDS = Pattern.compile("(\\d{1,9})/(\\d{1,9})");

    /**
     * Checks the numbers.
     *
     * @param number which part, from 0 to below the count
     * @param count how many parts there are, at least 1
     * @throws IllegalArgumentException if they are out of range
     */
    public CasePart {
        if (number < 0 || number >= count) {
            throw new IllegalArgumentException(
                    "part: expected a number from 0 to below the count, got %d of %d"
                            .formatted(number, count));
        }
    }

    /**
     * Reads a part as users write it.
     *
     * @param words the number, from 0, and the count: {@code 0/6} is the first of six
     * @return the part
     * @throws UserInputException if it is none
     */
    public static CasePart of(String words) {
        Matcher found = WORDS.matcher(words);
        if (found.matches()) {
            int number = Integer.parseInt(found.group(1));
            int count = Integer.parseInt(found.group(2));
            if (number < count) {
                return new CasePart(number, count);
            }
        }
        throw new UserInputException(
                "--part: expected K/N with K from 0 to below N, such as 0/6 to 5/6, got " + words);
    }

    /** The cases of the part: every count-th in the order of the names. */
    List<CaseFiles> of(List<CaseFiles> cases) {
        List<CaseFiles> sorted =
                cases.stream().sorted(Comparator.comparing(CaseFiles::name)).toList();
        return IntStream.range(0, sorted.size())
                .filter(i -> i % count == number)
                .mapToObj(sorted::get)
                .toList();
    }

    @Override
    public String toString() {
        return number + "/" + count;
    }
}
