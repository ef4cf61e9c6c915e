/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.gssloss.djl.OutputKind;
import io.github.gssloss.djl.OutputLayout;
import io.github.gssloss.networks.TrainingOutputs;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which output of a network is what, and where its prediction is.
 *
 * @param outputs the layout for the loss
 * @param fused the index of the fused output
 * @param fusedKind what that output holds
 * @param used the indices of all outputs that are something
 */
public record NetworkLayout(
        OutputLayout outputs, int fused, OutputKind fusedKind, List<Integer> used) {

    private static final String EXAMPLE = "fused: 0; branches: 1, 2, 3, 4";

    private static final List<Integer> THIRTEEN = IntStream.range(0, 13).boxed().toList();

    private static final List<String> KEYS =
            List.of(
                    "fused",
                    "fusedLogits",
                    "branches",
                    "branchProbabilities",
                    "auxiliary",
                    "auxiliaryLogits");

    /**
     * Keeps a copy of the indices.
     *
     * @param outputs the layout for the loss
     * @param fused the index of the fused output
     * @param fusedKind what that output holds
     * @param used the indices of all outputs that are something
     */
    public NetworkLayout {
        used = List.copyOf(used);
    }

    /**
     * Describes a network that gives its outputs in the order of {@link TrainingOutputs}.
     *
     * @param outputs its outputs
     * @return the layout
     */
    static NetworkLayout of(TrainingOutputs outputs) {
        List<Integer> all = IntStream.range(0, outputs.names().size()).boxed().toList();
        return new NetworkLayout(outputs.layout(), 0, OutputKind.PROBABILITIES, all);
    }

    /**
     * Reads a layout: {@code rfnet}, {@code mmformer}, or a list such as {@code fused: 0; branches:
     * 9, 10, 11, 12; branchProbabilities: 1, 2, 3, 4; auxiliary: 5, 6}. Indices count from 0, in
     * the order of the modalities. {@code branches} are logits; {@code fused} and {@code auxiliary}
     * are probabilities, {@code fusedLogits} and {@code auxiliaryLogits} stand for logits.
     *
     * @param text the layout
     * @return the layout
     * @throws IllegalArgumentException if the text is no layout of a network with branches
     */
    public static NetworkLayout parse(String text) {
        if ("rfnet".equals(text)) {
            return new NetworkLayout(OutputLayout.rfnet(), 0, OutputKind.PROBABILITIES, THIRTEEN);
        }
        if ("mmformer".equals(text)) {
            return new NetworkLayout(
                    OutputLayout.mmformer(), 0, OutputKind.PROBABILITIES, THIRTEEN);
        }
        Map<String, int[]> given = entries(text);
        check(
                given.containsKey("fused") != given.containsKey("fusedLogits"),
                "fused or fusedLogits",
                text);
        OutputKind kind = given.containsKey("fused") ? OutputKind.PROBABILITIES : OutputKind.LOGITS;
        int[] fused = given.getOrDefault("fused", given.get("fusedLogits"));
        check(fused.length == 1, "one fused output", text);
        int[] branches = given.getOrDefault("branches", new int[0]);
        check(branches.length > 0, "branches of the modalities", text);
        check(
                !(given.containsKey("auxiliary") && given.containsKey("auxiliaryLogits")),
                "auxiliary or auxiliaryLogits",
                text);
        OutputLayout.Builder builder =
                OutputLayout.builder().setFused(fused[0], kind).setBranchLogits(branches);
        if (given.containsKey("branchProbabilities")) {
            builder.optBranchProbabilities(given.get("branchProbabilities"));
        }
        if (given.containsKey("auxiliary")) {
            builder.optAuxiliary(OutputKind.PROBABILITIES, given.get("auxiliary"));
        }
        if (given.containsKey("auxiliaryLogits")) {
            builder.optAuxiliary(OutputKind.LOGITS, given.get("auxiliaryLogits"));
        }
        try {
            List<Integer> used =
                    given.values().stream().flatMapToInt(IntStream::of).boxed().toList();
            return new NetworkLayout(builder.build(), fused[0], kind, used);
        } catch (IllegalArgumentException e) {
            throw wrong("each output once (" + e.getMessage() + ")", text);
        }
    }

    private static Map<String, int[]> entries(String text) {
        Map<String, int[]> entries = new LinkedHashMap<>();
        for (String entry : text.split(";", -1)) {
            String[] parts = entry.split(":", -1);
            String key = parts[0].strip();
            check(parts.length == 2, "a list such as '" + EXAMPLE + "'", text);
            check(KEYS.contains(key), "one of " + String.join(", ", KEYS), key);
            check(entries.put(key, indices(parts[1], text)) == null, key + " once", text);
        }
        return entries;
    }

    private static int[] indices(String list, String text) {
        try {
            return Arrays.stream(list.split(",", -1))
                    .mapToInt(index -> Integer.parseUnsignedInt(index.strip()))
                    .toArray();
        } catch (NumberFormatException e) {
            throw wrong("indices of outputs, from 0", text);
        }
    }

    private static void check(boolean holds, String expected, String got) {
        if (!holds) {
            throw wrong(expected, got);
        }
    }

    private static IllegalArgumentException wrong(String expected, String got) {
        return new IllegalArgumentException(
                "layout: expected %s, got '%s'".formatted(expected, got));
    }

    /**
     * Returns the prediction of a network outside training, where it may give the fused output
     * alone.
     *
     * @param predictions all it gave
     * @return probabilities (B, N, spatial...)
     */
    public NDArray fusedProbabilities(NDList predictions) {
        NDArray output = predictions.get(predictions.size() == 1 ? 0 : fused);
        return fusedKind == OutputKind.LOGITS ? output.softmax(1) : output;
    }
}
