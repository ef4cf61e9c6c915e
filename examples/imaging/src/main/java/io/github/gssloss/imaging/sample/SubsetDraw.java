/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.sample;

import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * How the subset of modalities that the fusion may use is drawn for a training sample: always a
 * non-empty subset of the modalities that its case has.
 */
public enum SubsetDraw {
    /** All subsets are equally likely, as RFNet and mmFormer are trained. */
    UNIFORM {
        @Override
        ModalitySubset draw(SplittableRandom random, Set<Modality> present) {
            return oneOf(random, ModalitySubset.within(present));
        }
    },
    /** All sizes are equally likely, then all subsets of that size, as U-HVED is trained. */
    BY_SIZE {
        @Override
        ModalitySubset draw(SplittableRandom random, Set<Modality> present) {
            List<ModalitySubset> all = ModalitySubset.within(present);
            int size = 1 + random.nextInt(present.size());
            return oneOf(
                    random, all.stream().filter(one -> one.modalities().size() == size).toList());
        }
    },
    /**
     * Each modality is taken with probability 1/2; where none is, one of them, all equally likely.
     * RobustSeg is trained so.
     */
    HALVES {
        @Override
        ModalitySubset draw(SplittableRandom random, Set<Modality> present) {
            List<ModalitySubset> all = ModalitySubset.within(present);
            Set<Modality> taken = new TreeSet<>();
            for (Modality modality : new TreeSet<>(present)) {
                if (random.nextBoolean()) {
                    taken.add(modality);
                }
            }
            return taken.isEmpty()
                    ? oneOf(random, all.subList(0, present.size()))
                    : new ModalitySubset(taken);
        }
    };

    /**
     * Draws a subset.
     *
     * @param random the generator of the draw
     * @param present the modalities that the case has, at least one
     * @return a subset of them
     * @throws IllegalArgumentException where no modality is present
     */
    abstract ModalitySubset draw(SplittableRandom random, Set<Modality> present);

    private static ModalitySubset oneOf(SplittableRandom random, List<ModalitySubset> all) {
        return all.get(random.nextInt(all.size()));
    }
}
