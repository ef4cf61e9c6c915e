/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.core.ClassGroup;
import io.github.gssloss.core.GssConfig;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * The paper's distillation as one would write it down with DJL's operations, whole arrays at a time
 * and with autograd for the gradients: what the loss of this project is measured against. All
 * modalities are present.
 */
final class PlainDistillation {

    private static final int[] CLASSES = {1};

    private final GssConfig config;

    PlainDistillation(GssConfig config) {
        this.config = config;
    }

    /** A mask at the settings' rate, (B, 1, spatial...). */
    NDArray mask(NDManager manager, Shape logits) {
        long[] dims = logits.getShape().clone();
        dims[1] = 1;
        return manager.randomUniform(0, 1, new Shape(dims))
                .gte(config.maskRate())
                .toType(DataType.FLOAT32, false);
    }

    /**
     * Returns beta tau^2 times the distillation, with gradient.
     *
     * @param logits per modality (B, N, spatial...)
     * @param mask (B, 1, spatial...)
     */
    NDArray evaluate(NDList logits, NDArray mask) {
        NDArray tau = constant(logits.get(0), config.temperature());
        NDArray votes = votes(logits, tau);
        NDArray sum = votes.sum(CLASSES, true);
        NDArray target = votes.div(sum.maximum(1e-12));
        NDArray logTarget = target.maximum(1e-12).log();
        NDArray kept = sum.gt(1e-12).toType(mask.getDataType(), false).mul(mask);

        NDList losses =
                each(
                        logits,
                        z -> {
                            NDArray logQ = z.div(tau).logSoftmax(1);
                            NDArray divergence = target.mul(logTarget.sub(logQ)).sum(CLASSES, true);
                            return divergence.mul(kept).sum();
                        });
        Shape shape = logits.get(0).getShape();
        double voxels = (double) shape.size() / shape.get(1);
        double weight = config.beta() * config.temperature() * config.temperature() / voxels;
        return reduce(losses, NDArray::add).mul(constant(sum, weight));
    }

    /** The votes on all classes, without gradient. */
    private NDArray votes(NDList logits, NDArray tau) {
        NDList p = each(logits, z -> z.stopGradient().softmax(1));
        NDList q = each(logits, z -> z.stopGradient().div(tau).softmax(1));
        NDList votes = new NDList();
        for (int c = 0; c < config.groups().numClasses(); c++) {
            NDIndex index = new NDIndex(":, {}:{}", c, c + 1);
            votes.add(
                    vote(
                            config.groups().groups().get(c),
                            each(p, x -> x.get(index)),
                            each(q, x -> x.get(index))));
        }
        return NDArrays.concat(votes, 1);
    }

    private NDArray vote(ClassGroup group, NDList p, NDList q) {
        double leaderThreshold = config.leaderThreshold();
        List<Integer> leaders = group.leaders();
        NDList leading = some(q, leaders);
        NDArray max = reduce(leading, NDArray::maximum);
        NDArray reduced = max.sub(max.sub(reduce(leading, NDArray::minimum)).mul(config.penalty()));
        NDList confident = each(some(p, leaders), x -> x.gt(leaderThreshold));
        NDArray all = reduce(confident, NDArray::logicalAnd);
        NDArray any = reduce(confident, NDArray::logicalOr);
        NDArray byOthers = reduce(q, NDArray::minimum);
        List<Integer> members = group.members(p.size());
        if (!members.isEmpty()) {
            NDArray mean = reduce(some(q, members), NDArray::add).div(members.size());
            NDList sure = each(some(p, members), x -> x.gt(config.memberThreshold()));
            byOthers = NDArrays.where(reduce(sure, NDArray::logicalAnd), mean, byOthers);
        }
        return NDArrays.where(all, max, NDArrays.where(any, reduced, byOthers));
    }

    private static NDList each(NDList arrays, UnaryOperator<NDArray> step) {
        return new NDList(arrays.stream().map(step).toList());
    }

    private static NDList some(NDList arrays, List<Integer> chosen) {
        return new NDList(chosen.stream().map(arrays::get).toList());
    }

    private static NDArray reduce(NDList arrays, BinaryOperator<NDArray> step) {
        return arrays.stream().reduce(step).orElseThrow();
    }

    /** In memory of the engine's own: autograd may read it after Java has freed a number. */
    private static NDArray constant(NDArray like, double value) {
        return like.getManager().ones(new Shape(), like.getDataType()).muli(value);
    }
}
