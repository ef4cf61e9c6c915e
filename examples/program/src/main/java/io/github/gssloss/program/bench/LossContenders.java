/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.gssloss.core.DistillationResult;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.VoxelMask;
import io.github.gssloss.djl.DistillationLoss;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The loss and what it is measured against, on one set of logits. Each works in a manager of its
 * own that is closed after the time is taken, as a trainer closes its batch.
 */
final class LossContenders {

    static final String OURS = "GSS";
    static final String AUTOGRAD = "plain DJL with autograd";
    static final String FLOOR = "one plain and one tempered softmax a branch";

    static final String MASK = "drawing the mask";
    static final String CORE = "core: loss and gradients";
    static final String UNMASKED = "core without a mask";
    static final String SOFTMAX = "softmax of each branch";
    static final String COPY = "copy of each branch";
    static final String PRODUCT = "product in place of each branch";
    static final String CALLS = "1000 calls on a scalar";

    static final String FORWARD = "forward";
    static final String BACKWARD = "backward";

    private final NDManager manager;
    private final NDList logits;
    private final GssConfig config;
    private final DistillationLoss loss;

    /**
     * Draws logits.
     *
     * @param size the size
     * @param manager receives them
     */
    LossContenders(LossCase size, NDManager manager) {
        this.manager = manager;
        logits = size.logits(manager);
        config = size.config();
        loss = new DistillationLoss(size.layout(), config);
    }

    /** What the ratios compare. */
    Map<String, Contender> compared() {
        PlainDistillation plain = new PlainDistillation(config);
        Map<String, Contender> contenders = new LinkedHashMap<>();
        contenders.put(OURS, ours());
        contenders.put(
                AUTOGRAD,
                trained(
                        branches ->
                                plain.evaluate(
                                        branches,
                                        plain.mask(
                                                branches.get(0).getManager(),
                                                branches.get(0).getShape()))));
        contenders.put(FLOOR, forward(this::softmaxes));
        return contenders;
    }

    /** The loss as a trainer uses it. */
    Contender ours() {
        return trained(branches -> loss.evaluate(new NDList(), fusedThen(branches)));
    }

    /** What the loss is made of, or could be. */
    Map<String, Contender> parts() {
        GroupDistillation unmasked =
                new GroupDistillation(config.toBuilder().optMaskRate(0).build());
        GroupDistillation masked = new GroupDistillation(config);
        Map<String, Contender> parts = new LinkedHashMap<>();
        parts.put(MASK, forward(this::drawMask));
        parts.put(CORE, forward(own -> evaluate(masked, own)));
        parts.put(UNMASKED, forward(own -> evaluate(unmasked, own)));
        parts.put(SOFTMAX, forward(own -> own.forEach(z -> z.softmax(1))));
        parts.put(COPY, forward(own -> own.forEach(NDArray::duplicate)));
        parts.put(PRODUCT, forward(own -> own.forEach(z -> z.stopGradient().muli(1))));
        parts.put(CALLS, forward(LossContenders::thousandCalls));
        return parts;
    }

    private Contender trained(Function<NDList, NDArray> loss) {
        return watch -> {
            try (NDManager own = manager.newSubManager();
                    GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDList branches = aliases(own);
                branches.forEach(z -> z.setRequiresGradient(true));
                watch.restart();
                NDArray value = loss.apply(branches);
                watch.lap(FORWARD);
                collector.backward(value);
                watch.lap(BACKWARD);
            }
        };
    }

    private Contender forward(Consumer<NDList> work) {
        return watch -> {
            try (NDManager own = manager.newSubManager()) {
                NDList branches = aliases(own);
                watch.restart();
                work.accept(branches);
                watch.lap(FORWARD);
            }
        };
    }

    /** The logits as fresh leaves without a gradient, whose results go with their manager. */
    private NDList aliases(NDManager own) {
        NDList aliases = new NDList();
        for (NDArray z : logits) {
            NDArray alias = z.stopGradient();
            alias.attach(own);
            aliases.add(alias);
        }
        return aliases;
    }

    /** The predictions of a network: the loss does not look into the fused output. */
    private static NDList fusedThen(NDList branches) {
        NDArray fused = branches.get(0).getManager().zeros(new Shape(1));
        return new NDList(fused).addAll(branches);
    }

    private void softmaxes(NDList branches) {
        for (NDArray z : branches) {
            z.softmax(1);
            z.div(config.temperature()).softmax(1);
        }
    }

    private void drawMask(NDList branches) {
        NDArray z = branches.get(0);
        VoxelMask.draw(z.getManager(), z.getShape(), config.maskRate()).close();
    }

    private static void evaluate(GroupDistillation core, NDList branches) {
        try (DistillationResult result = core.evaluate(branches)) {
            result.loss();
        }
    }

    private static void thousandCalls(NDList branches) {
        try (NDArray scalar = branches.get(0).getManager().zeros(new Shape())) {
            for (int i = 0; i < 1000; i++) {
                scalar.addi(scalar);
            }
        }
    }
}
