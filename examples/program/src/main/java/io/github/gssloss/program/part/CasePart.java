/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.part;

import io.github.gssloss.files.FolderLock;
import io.github.gssloss.files.Lease;
import io.github.gssloss.files.StopSignal;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One part of the cases of a folder, for one of several jobs: the parts have no case in common and
 * together have all.
 *
 * @param number which part, from 0 to below the count
 * @param count how many parts there are, at least 1
 */
public record CasePart(int number, int count) {

    private static final Logger LOG = LoggerFactory.getLogger(CasePart.class);
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

    /**
     * Returns the cases of the part: every count-th in the order of the names.
     *
     * @param cases all cases, in any order
     * @return those of this part, in the order of their names
     */
    public List<CaseFiles> of(List<CaseFiles> cases) {
        List<CaseFiles> sorted =
                cases.stream().sorted(Comparator.comparing(CaseFiles::name)).toList();
        return IntStream.range(0, sorted.size())
                .filter(i -> i % count == number)
                .mapToObj(sorted::get)
                .toList();
    }

    /**
     * Works on the part while nobody else does, perhaps on another machine.
     *
     * @param out the existing folder that all parts share
     * @param work the work
     * @param <T> what comes of it
     * @return what the work returns
     * @throws UserInputException if somebody else works on the same part all the time that a dead
     *     one would keep it
     * @throws IOException if the files of the lease cannot be made, or from the work
     */
    public <T> T holding(Path out, FolderLock.Work<T> work) throws IOException {
        return Lease.holding(
                out.resolve(".part-%d-of-%d.lease".formatted(number, count)),
                "part " + this + " of " + out,
                Lease.PATIENCE,
                CasePart::lost,
                work);
    }

    /** The other one works on the cases of this part. */
    private static void lost(String line) {
        LOG.error(line);
        StopSignal.halt(1);
    }

    /**
     * Checks that there is something to collect.
     *
     * @param out the folder that the parts share
     * @throws UserInputException if there is no such folder
     */
    public static void requireLeft(Path out) {
        if (!Files.isDirectory(out)) {
            throw new UserInputException(
                    out + ": expected the folder that the parts have left, found none");
        }
    }

    @Override
    public String toString() {
        return number + "/" + count;
    }
}
