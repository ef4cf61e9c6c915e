/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The 15 non-empty subsets of the four modalities, and the draw of one for the fusion of a training
 * sample.
 *
 * <p>Their order is fixed: by number of modalities, then by the modalities' own order: flair; t1ce;
 * t1; t2; flair + t1ce; flair + t1; flair + t2; t1ce + t1; t1ce + t2; t1 + t2; flair + t1ce + t1;
 * flair + t1ce + t2; flair + t1 + t2; t1ce + t1 + t2; all four.
 */
public final class ModalitySubsets {

    private static final List<Set<Modality>> ALL = build();

    private ModalitySubsets() {}

    /**
     * Returns all subsets in their order.
     *
     * @return 15 unmodifiable sets
     */
    public static List<Set<Modality>> all() {
        return List.copyOf(ALL);
    }

    /**
     * Returns a subset as the row of a network's {@code subset} input.
     *
     * @param subset the modalities
     * @return one boolean a modality, in the order of {@link Modality}
     */
    public static boolean[] mask(Set<Modality> subset) {
        boolean[] mask = new boolean[Modality.values().length];
        subset.forEach(modality -> mask[modality.ordinal()] = true);
        return mask;
    }

    /**
     * Draws one of the non-empty subsets of the modalities that a case has, all equally likely.
     *
     * @param random the generator of the draw
     * @param present the modalities whose files exist, in the order of {@link Modality}
     * @return a subset within {@code present}
     * @throws IllegalArgumentException where no modality is present
     */
    public static Set<Modality> draw(SplittableRandom random, boolean[] present) {
        List<Set<Modality>> within =
                ALL.stream()
                        .filter(set -> set.stream().allMatch(m -> present[m.ordinal()]))
                        .toList();
        if (within.isEmpty()) {
            throw new IllegalArgumentException("present: expected at least one modality, got none");
        }
        return within.get(random.nextInt(within.size()));
    }

    private static List<Set<Modality>> build() {
        Modality[] modalities = Modality.values();
        List<Set<Modality>> subsets = new ArrayList<>();
        // The first modality is the highest bit, so that falling numbers give the modalities'
        // order.
        for (int bits = (1 << modalities.length) - 1; bits > 0; bits--) {
            Set<Modality> subset = EnumSet.noneOf(Modality.class);
            for (Modality modality : modalities) {
                if ((bits >> (modalities.length - 1 - modality.ordinal()) & 1) == 1) {
                    subset.add(modality);
                }
            }
            subsets.add(Collections.unmodifiableSet(subset));
        }
        subsets.sort(Comparator.comparingInt(Set::size));
        return List.copyOf(subsets);
    }
}
