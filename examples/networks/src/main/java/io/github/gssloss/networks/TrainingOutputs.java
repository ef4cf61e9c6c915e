/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import io.github.gssloss.djl.OutputKind;
import io.github.gssloss.djl.OutputLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a {@link ModalityNetwork} of M modalities gives in training, in this order: the fused
 * probabilities; the probabilities of the M branches; the auxiliary probabilities; the images; the
 * logits of the M branches; the losses. All but images and losses are (B, classes, D, H, W).
 *
 * @param modalities the names of the modalities, in the order of the channels of {@code x}
 * @param auxiliary the names of further probabilities, which have a task loss
 * @param images the names of outputs that no loss reads, such as reconstructed images
 * @param losses the network's own losses, each a scalar
 */
public record TrainingOutputs(
        List<String> modalities, List<String> auxiliary, List<String> images, List<Loss> losses) {

    /** What a modality's name may consist of: it becomes part of the names of weights. */
    static final String NAME = "[A-Za-z0-9_-]+";

    /**
     * A loss that a network computes itself.
     *
     * @param name its name
     * @param weight what it is multiplied by in the sum of all losses
     */
    public record Loss(String name, double weight) {}

    /**
     * Keeps a copy of the lists.
     *
     * @param modalities the names of the modalities
     * @param auxiliary the names of further probabilities
     * @param images the names of outputs that no loss reads
     * @param losses the network's own losses
     * @throws IllegalArgumentException if there is no modality, or a modality is named twice or
     *     with anything but letters, digits, {@code _} and {@code -}
     */
    public TrainingOutputs {
        modalities = List.copyOf(modalities);
        auxiliary = List.copyOf(auxiliary);
        images = List.copyOf(images);
        losses = List.copyOf(losses);
        boolean distinct = new HashSet<>(modalities).size() == modalities.size();
        if (modalities.isEmpty()
                || !distinct
                || !modalities.stream().allMatch(name -> name.matches(NAME))) {
            throw new IllegalArgumentException(
                    "modalities: expected at least one name, each once, of letters, digits, '_' and"
                            + " '-', got "
                            + modalities);
        }
    }

    /**
     * Describes a network that gives auxiliary probabilities, named by a prefix and a number from
     * 1, and nothing more.
     *
     * @param modalities the names of the modalities
     * @param auxiliary the prefix
     * @param count how many auxiliary probabilities there are
     * @return the outputs
     */
    public static TrainingOutputs withAuxiliary(
            List<String> modalities, String auxiliary, int count) {
        List<String> names =
                IntStream.rangeClosed(1, count).mapToObj(level -> auxiliary + level).toList();
        return new TrainingOutputs(modalities, names, List.of(), List.of());
    }

    /**
     * Names modalities by number.
     *
     * @param count how many there are
     * @return 0, 1, ...
     */
    public static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    /**
     * Returns the names of the outputs.
     *
     * @return the names in their order
     */
    public List<String> names() {
        List<String> names = new ArrayList<>(List.of("fused"));
        modalities.forEach(modality -> names.add("branch_prob_" + modality));
        names.addAll(auxiliary);
        names.addAll(images);
        modalities.forEach(modality -> names.add("branch_logits_" + modality));
        losses.forEach(loss -> names.add(loss.name()));
        return List.copyOf(names);
    }

    /**
     * Returns what the outputs are, as the loss has to know it.
     *
     * @return the layout of the outputs
     */
    public OutputLayout layout() {
        int branches = modalities.size();
        int logits = 1 + branches + auxiliary.size() + images.size();
        return OutputLayout.builder()
                .setFused(0, OutputKind.PROBABILITIES)
                .optBranchProbabilities(indices(1, branches))
                .optAuxiliary(OutputKind.PROBABILITIES, indices(1 + branches, auxiliary.size()))
                .setBranchLogits(indices(logits, branches))
                .build();
    }

    private static int[] indices(int first, int count) {
        return IntStream.range(first, first + count).toArray();
    }

    /** How many outputs lie between the probabilities and the logits of the branches. */
    int between() {
        return auxiliary.size() + images.size();
    }
}
