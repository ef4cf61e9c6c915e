/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.explain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.core.Decision;
import io.github.gssloss.core.DistillationInput;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.SoftTarget;
import io.github.gssloss.program.config.VoteSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The vote of one voxel, computed in float64.
 *
 * @param config the rules
 * @param present for each modality whether it is there
 * @param confidence for each modality the plain probabilities p of the classes
 * @param value for each modality the tempered probabilities q of the classes
 * @param decisions for each class the rule that decided
 * @param votes for each class the vote
 * @param target for each class the soft target
 * @param decided whether any vote is above 0; else the voxel is left out of the distillation
 * @param trust what the label says of the target; empty: it is not known
 */
public record VoxelVote(
        GssConfig config,
        List<Boolean> present,
        List<List<Double>> confidence,
        List<List<Double>> value,
        List<Decision> decisions,
        List<Double> votes,
        List<Double> target,
        boolean decided,
        Optional<LabelTrust> trust) {

    /**
     * Votes on a voxel.
     *
     * @param settings the voxel and the rules
     * @return the vote and what led to it
     */
    public static VoxelVote of(VoteSettings settings) {
        GssConfig config = settings.config();
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList logits = new NDList();
            NDList plain = new NDList();
            NDList tempered = new NDList();
            for (List<Double> numbers : settings.logits()) {
                double[] branch = numbers.stream().mapToDouble(x -> x).toArray();
                NDArray z = manager.create(branch, new Shape(1, branch.length, 1));
                logits.add(z);
                plain.add(z.softmax(1));
                tempered.add(z.div(config.temperature()).softmax(1));
            }
            double[] flags = settings.present().stream().mapToDouble(one -> one ? 1 : 0).toArray();
            NDArray here = manager.create(flags);
            DistillationInput.Builder input =
                    DistillationInput.builder()
                            .setBranchLogits(logits)
                            .optPresent(here.expandDims(0));
            SoftTarget target = new GroupDistillation(config).softTarget(input.build());
            Optional<LabelTrust> trust =
                    settings.label().map(label -> LabelTrust.of(config, input, label, manager));
            return new VoxelVote(
                    config,
                    settings.present(),
                    plain.stream().map(VoxelVote::numbers).toList(),
                    tempered.stream().map(VoxelVote::numbers).toList(),
                    numbers(target.vote().decision()).stream().map(VoxelVote::decision).toList(),
                    numbers(target.vote().value()),
                    numbers(target.target()),
                    target.decided().toDoubleArray()[0] != 0,
                    trust);
        }
    }

    private static List<Double> numbers(NDArray array) {
        return Arrays.stream(array.toType(DataType.FLOAT64, false).toDoubleArray())
                .boxed()
                .toList();
    }

    private static Decision decision(double code) {
        return Decision.values()[(int) code];
    }

    /**
     * Tells the vote step by step.
     *
     * @return lines of text
     */
    public List<String> lines() {
        return new VoteAccount(this).lines();
    }
}
