/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.optim;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.ParameterTracker;
import ai.djl.training.tracker.Tracker;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adam in the AMSGrad variant of Reddi, Kale and Kumar ("On the Convergence of Adam and Beyond",
 * ICLR 2018), as PyTorch computes it:
 *
 * <p>g = rescale * grad, clipped, + weightDecay * w; m = b1 m + (1 - b1) g; v = b2 v + (1 - b2)
 * g^2; vmax = max(vmax, v); w = w - lr / (1 - b1^t) * m / (sqrt(vmax) / sqrt(1 - b2^t) + eps).
 *
 * <p>DJL's own Adam lacks the maximum, puts its epsilon on the uncorrected root, clips the positive
 * side only and keeps its moments to itself. This one clips both sides, and its moments live on a
 * manager of its own that {@link #close} frees. It serves one device.
 */
public final class AmsGrad extends Optimizer implements AutoCloseable {

    /**
     * What the optimiser remembers of one parameter, each of the parameter's shape.
     *
     * @param mean m, the running mean of the gradient
     * @param variance v, the running mean of its square
     * @param maxVariance the largest v so far
     */
    public record Moments(NDArray mean, NDArray variance, NDArray maxVariance) {}

    /**
     * The factors of the running means as arrays, since a Java number is copied to the GPU each
     * time.
     */
    private record Factors(
            NDArray beta1, NDArray rest1, NDArray beta2, NDArray rest2, NDArray decay) {}

    /** The decay of the gradient's running mean and that of its square's. */
    private static final double BETA1 = 0.9;

    private static final double BETA2 = 0.999;

    private final NDManager manager = NDManager.newBaseManager();
    private final Map<String, Moments> moments = new LinkedHashMap<>();
    private final Map<DataType, Factors> factors = new LinkedHashMap<>();
    private final ParameterTracker learningRateTracker;
    private final double epsilon;
    private Device device;

    private AmsGrad(Builder builder) {
        super(builder);
        learningRateTracker = builder.learningRateTracker;
        epsilon = builder.epsilon;
    }

    /**
     * Creates a builder.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@inheritDoc} */
    @Override
    public void update(String parameterId, NDArray weight, NDArray grad) {
        checkDevice(weight.getDevice());
        int t = updateCount(parameterId);
        double rate = learningRateTracker.getNewValue(parameterId, t);
        if (!Double.isFinite(rate)) {
            throw new IllegalStateException("learning rate: expected a number, got " + rate);
        }
        double correction = Math.sqrt(1 - Math.pow(BETA2, t));
        try (NDManager scratch = manager.newSubManager()) {
            // The detached alias may be written in place, and nothing done with it is recorded.
            NDArray w = weight.stopGradient();
            w.attach(scratch);
            Moments state = advance(parameterId, weight, regularised(w, grad, scratch), scratch);
            NDArray root = state.maxVariance().sqrt();
            root.attach(scratch);
            root.addi(scalar(scratch, epsilon * correction, w.getDataType()));
            NDArray step = state.mean().div(root);
            step.attach(scratch);
            double factor = rate * correction / (1 - Math.pow(BETA1, t));
            step.muli(scalar(scratch, factor, w.getDataType()));
            // As DJL's optimisers do: the engine subtracts the step and then zeroes the gradient
            // that
            // the parameter accumulates, whatever is in it.
            weight.getNDArrayInternal()
                    .sgdUpdate(new NDList(w, step), new NDList(weight), 1f, 0f, 1f, -1f, 0f, false);
        }
    }

    /** Returns the gradient of the regularised objective as a new array. */
    private NDArray regularised(NDArray w, NDArray grad, NDManager scratch) {
        NDArray g = grad.duplicate();
        g.attach(scratch);
        if (rescaleGrad != 1f) {
            g.muli(scalar(scratch, rescaleGrad, w.getDataType()));
        }
        if (clipGrad >= 0) {
            g = g.clip(-clipGrad, clipGrad);
        }
        return g.addi(w.mul(factors(w.getDataType()).decay()));
    }

    /** Moves the moments of a parameter on by one gradient, which it overwrites. */
    private Moments advance(String parameterId, NDArray weight, NDArray g, NDManager scratch) {
        Moments old = moments.computeIfAbsent(parameterId, id -> zeros(weight));
        Factors f = factors(weight.getDataType());
        old.variance().muli(f.beta2()).addi(g.square().muli(f.rest2()));
        old.mean().muli(f.beta1()).addi(g.muli(f.rest1()));
        NDArray largest = old.maxVariance().maximum(old.variance());
        largest.attach(manager);
        old.maxVariance().attach(scratch);
        Moments moved = new Moments(old.mean(), old.variance(), largest);
        moments.put(parameterId, moved);
        return moved;
    }

    private Moments zeros(NDArray weight) {
        return new Moments(zero(weight), zero(weight), zero(weight));
    }

    private NDArray zero(NDArray weight) {
        return manager.zeros(weight.getShape(), weight.getDataType(), weight.getDevice());
    }

    private Factors factors(DataType type) {
        return factors.computeIfAbsent(
                type,
                key ->
                        new Factors(
                                scalar(manager, BETA1, key),
                                scalar(manager, 1 - BETA1, key),
                                scalar(manager, BETA2, key),
                                scalar(manager, 1 - BETA2, key),
                                scalar(manager, getWeightDecay(), key)));
    }

    /** Filled on the device: unlike a Java number it is not copied there, which would wait. */
    private NDArray scalar(NDManager owner, double value, DataType type) {
        if (type == DataType.FLOAT64) {
            try (NDArray java = owner.create(value)) {
                return java.duplicate().toDevice(device, false);
            }
        }
        return owner.full(new Shape(), (float) value, type, device);
    }

    private void checkDevice(Device used) {
        if (device == null) {
            device = used;
        } else if (!device.equals(used)) {
            throw new IllegalStateException(
                    "AmsGrad: expected one device, got " + device + " and " + used);
        }
    }

    /**
     * Returns the moments of the parameters that were updated so far, by {@link
     * ai.djl.nn.Parameter#getId()}. The arrays belong to the optimiser, and the next update
     * replaces some of them.
     *
     * @return a view that cannot be changed
     */
    public Map<String, Moments> moments() {
        return Collections.unmodifiableMap(moments);
    }

    /**
     * Takes over the moments that a parameter had in another optimiser, for a training that is
     * resumed. How many updates there were is said to the builder ({@code optBeginNumUpdate}).
     *
     * @param parameterId the parameter
     * @param weight its value, on the device it is trained on
     * @param saved its moments, which are copied
     * @throws IllegalArgumentException if the moments have another shape than the parameter
     */
    public void restore(String parameterId, NDArray weight, Moments saved) {
        moments.put(
                parameterId,
                new Moments(
                        copy(saved.mean(), weight),
                        copy(saved.variance(), weight),
                        copy(saved.maxVariance(), weight)));
    }

    private NDArray copy(NDArray saved, NDArray weight) {
        if (!saved.getShape().equals(weight.getShape())) {
            throw new IllegalArgumentException(
                    "moments: expected shape %s, got %s"
                            .formatted(weight.getShape(), saved.getShape()));
        }
        NDArray own = zero(weight);
        own.set(new NDIndex("..."), saved.toDevice(weight.getDevice(), false));
        return own;
    }

    /** Frees the moments; the optimiser cannot be used afterwards. */
    @Override
    public void close() {
        moments.clear();
        factors.clear();
        manager.close();
    }

    /** Builds an {@link AmsGrad}. */
    public static final class Builder extends OptimizerBuilder<Builder> {

        private ParameterTracker learningRateTracker = Tracker.fixed(2e-4f);
        private double epsilon = 1e-8;

        private Builder() {}

        /** {@inheritDoc} */
        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Sets the learning rate, 2e-4 by default.
         *
         * @param learningRateTracker the learning rate by update
         * @return this builder
         */
        public Builder optLearningRateTracker(ParameterTracker learningRateTracker) {
            this.learningRateTracker = learningRateTracker;
            return this;
        }

        /**
         * Sets the number that keeps the divisor from zero, 1e-8 by default.
         *
         * @param epsilon positive
         * @return this builder
         */
        public Builder optEpsilon(double epsilon) {
            this.epsilon = epsilon;
            return this;
        }

        /**
         * Builds the optimiser.
         *
         * @return the optimiser; close it when the training is over
         * @throws IllegalArgumentException if the epsilon is out of its range
         */
        public AmsGrad build() {
            if (!(epsilon > 0)) {
                throw new IllegalArgumentException(
                        "epsilon: expected a positive number, got " + epsilon);
            }
            return new AmsGrad(this);
        }
    }
}
