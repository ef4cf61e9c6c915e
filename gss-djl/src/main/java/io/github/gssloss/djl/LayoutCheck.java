/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.core.GssConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Checks of layouts, and of predictions against them. */
final class LayoutCheck {

    private LayoutCheck() {}

    /** Refuses a layout without fused output or branches, or whose indices do not fit. */
    static void require(
            Output fused,
            List<Output> branches,
            List<Output> branchProbabilities,
            List<Output> auxiliary,
            List<NetworkLoss> networkLosses) {
        if (fused == null || branches.isEmpty()) {
            throw new IllegalArgumentException(
                    "layout: expected a fused output and branches, got "
                            + fused
                            + " and "
                            + branches);
        }
        if (!branchProbabilities.isEmpty() && branchProbabilities.size() != branches.size()) {
            throw new IllegalArgumentException(
                    "branch probabilities: expected none or "
                            + branches.size()
                            + " as there are branches, got "
                            + branchProbabilities.size());
        }
        List<Integer> indices = new ArrayList<>(List.of(fused.index()));
        branches.forEach(output -> indices.add(output.index()));
        branchProbabilities.forEach(output -> indices.add(output.index()));
        auxiliary.forEach(output -> indices.add(output.index()));
        networkLosses.forEach(loss -> indices.add(loss.index()));
        boolean negative = indices.stream().anyMatch(index -> index < 0);
        if (negative || new HashSet<>(indices).size() < indices.size()) {
            throw new IllegalArgumentException(
                    "layout: expected distinct output indices from 0, got " + indices);
        }
        List<String> names = networkLosses.stream().map(NetworkLoss::name).toList();
        if (new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException(
                    "layout: expected distinct names of network losses, got " + names);
        }
    }

    /** Refuses predictions that are neither all outputs nor the fused one alone. */
    static void requireOneOrAll(int outputs, int given) {
        if (given < outputs && given != 1) {
            throw new IllegalArgumentException(
                    "predictions: expected "
                            + outputs
                            + " outputs, or outside training the fused one alone, got "
                            + given);
        }
    }

    /** Refuses settings for another number of branches. */
    static void requireBranches(OutputLayout layout, GssConfig config) {
        if (layout.numBranches() != config.groups().numModalities()) {
            throw new IllegalArgumentException(
                    "layout: expected logits of "
                            + config.groups().numModalities()
                            + " branches as the settings have modalities, got "
                            + layout.numBranches());
        }
    }

    /** Every output that is used has the shape of the fused one, which is returned. */
    static Shape requireOneShape(OutputLayout layout, NDList predictions) {
        Shape shape = predictions.get(layout.fusedOf(predictions).index()).getShape();
        for (Output output : layout.all()) {
            if (!predictions.get(output.index()).getShape().equals(shape)) {
                throw new IllegalArgumentException(
                        "predictions "
                                + output.index()
                                + ": expected shape "
                                + shape
                                + " as the fused output, got "
                                + predictions.get(output.index()).getShape());
            }
        }
        return shape;
    }
}
