/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.github.gssloss.core.GssConfig;
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

    static final String GSS = "GSS";
    static final String ENGINE = "GSS by operations of the engine";
    static final String REMEDIES = "GSS with trust, balance, readiness and fallback";
    static final String AUTOGRAD = "plain DJL with autograd";
    static final String FLOOR = "one plain and one tempered softmax a branch";

    static final String FORWARD = "forward";
    static final String BACKWARD = "backward";

    /** What a loss takes by default on a CPU, where it computes by operations of the engine. */
    private static final long BLOCK_VOXELS = 1 << 16;

    private final NDManager manager;
    private final NDList logits;
    private final NDList labels;
    private final NDArray fused;
    private final GssConfig config;
    private final DistillationLoss loss;
    private final DistillationLoss byEngine;
    private final DistillationLoss remedies;

    /**
     * Draws logits.
     *
     * @param size the size
     * @param manager receives them
     */
    LossContenders(LossCase size, NDManager manager) {
        this.manager = manager;
        NDArray truth = size.truth(manager);
        logits = size.logits(truth);
        labels = new NDList(truth);
        fused = logits.get(0).softmax(1);
        config = size.config();
        loss = new DistillationLoss(size.layout(), config);
        byEngine =
                DistillationLoss.builder()
                        .setLayout(size.layout())
                        .setConfig(config)
                        .optBlockVoxels(BLOCK_VOXELS)
                        .build();
        remedies = new DistillationLoss(size.layout(), size.remedies());
    }

    /** What the ratios compare, by name. */
    Map<String, Contender> compared() {
        Map<String, Contender> contenders = new LinkedHashMap<>();
        contenders.put(GSS, gss());
        contenders.put(ENGINE, byEngine());
        contenders.put(REMEDIES, remedies());
        contenders.put(AUTOGRAD, autograd());
        contenders.put(FLOOR, softmaxes());
        return contenders;
    }

    /** The loss as a trainer uses it. */
    Contender gss() {
        return trained(branches -> loss.evaluate(labels, fusedThen(branches)));
    }

    /** The same by operations of the engine, which it takes itself where there is no other way. */
    Contender byEngine() {
        return trained(branches -> byEngine.evaluate(labels, fusedThen(branches)));
    }

    /** The loss with all remedies that cost time. */
    Contender remedies() {
        return trained(branches -> remedies.evaluate(labels, fusedThen(branches)));
    }

    /** The same by DJL's operations, its gradients by autograd. */
    Contender autograd() {
        PlainDistillation plain = new PlainDistillation(config);
        return trained(
                branches -> {
                    NDArray z = branches.get(0);
                    return plain.evaluate(branches, plain.mask(z.getManager(), z.getShape()));
                });
    }

    /** The least that any such loss computes. */
    Contender softmaxes() {
        return forward(
                branches -> {
                    for (NDArray z : branches) {
                        z.softmax(1);
                        z.div(config.temperature()).softmax(1);
                    }
                });
    }

    private Contender trained(Function<NDList, NDArray> loss) {
        return watch -> {
            try (NDManager own = manager.newSubManager();
                    GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDList branches = aliases(logits, own);
                branches.forEach(z -> z.setRequiresGradient(true));
                watch.restart();
                NDArray value = loss.apply(branches);
                watch.lap(FORWARD);
                collector.backward(value);
                watch.lap(BACKWARD);
            }
        };
    }

    /** Work on the logits that has no backward pass. */
    Contender forward(Consumer<NDList> work) {
        return watch -> {
            try (NDManager own = manager.newSubManager()) {
                NDList branches = aliases(logits, own);
                watch.restart();
                work.accept(branches);
                watch.lap(FORWARD);
            }
        };
    }

    /** Arrays as fresh leaves without a gradient, whose results go with their manager. */
    static NDList aliases(NDList arrays, NDManager own) {
        NDList aliases = new NDList();
        arrays.forEach(array -> aliases.add(array.stopGradient()));
        aliases.attach(own);
        return aliases;
    }

    /** The predictions of a network, which live as long as its branches. */
    private NDList fusedThen(NDList branches) {
        NDManager own = branches.get(0).getManager();
        return aliases(new NDList(fused), own).addAll(branches);
    }
}
