/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The names of the outputs that a {@link ModalityNetwork} gives in training. */
public final class OutputNames {

    private OutputNames() {}

    /**
     * Returns the names where the auxiliary outputs have a prefix and a number.
     *
     * @param auxiliary the prefix
     * @param count how many auxiliary outputs there are
     * @return the names in the order of the outputs
     */
    public static List<String> of(String auxiliary, int count) {
        List<String> names = new ArrayList<>(List.of("fused"));
        ModalityNetwork.NAMES.forEach(modality -> names.add("branch_prob_" + modality));
        IntStream.rangeClosed(1, count).forEach(i -> names.add(auxiliary + i));
        ModalityNetwork.NAMES.forEach(modality -> names.add("branch_logits_" + modality));
        return List.copyOf(names);
    }
}
