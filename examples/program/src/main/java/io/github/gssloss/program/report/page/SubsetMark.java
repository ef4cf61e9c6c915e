/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether a modality is given, as a table shows it.
 *
 * @param given whether the network was given it
 * @param first whether it is the first of its row, which then heads the row
 * @param words the subset in words for those who hear the table; of the first alone
 */
record SubsetMark(boolean given, boolean first, String words) {

    /** A subset as a row of marks. */
    static List<SubsetMark> row(ModalitySubset subset) {
        return Stream.of(Modality.values())
                .map(
                        modality ->
                                new SubsetMark(
                                        subset.contains(modality),
                                        modality.ordinal() == 0,
                                        words(subset)))
                .toList();
    }

    /** Filled where the modality is given, else empty. */
    String circle() {
        return given ? "\u25CF" : "\u25CB";
    }

    /** A subset in words, such as {@code flair + t2}. */
    static String words(ModalitySubset subset) {
        return subset.equals(ModalitySubset.ALL) ? "all four" : subset.label().replace("+", " + ");
    }
}
