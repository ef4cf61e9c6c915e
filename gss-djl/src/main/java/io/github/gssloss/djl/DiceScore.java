/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.core.ClassLabels;
import io.github.gssloss.core.DiceCoefficient;
import io.github.gssloss.core.Overlap;
import io.github.gssloss.core.TumorRegion;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The Dice score of some classes taken together: {@link DiceCoefficient#smoothed} of each sample,
 * averaged over the samples. Predicted are the voxels whose most probable class (the first of
 * equals) is one of them, labelled those whose label is. Two empty masks score 1, one empty mask
 * scores practically 0.
 *
 * <p>The prediction is one array of shape (B, N, spatial...), probabilities or logits, by default
 * the first. The labels are the first array given, see {@link ClassLabels}; voxels of the ignore
 * index do not count.
 *
 * <p>The accumulators average over samples, also where batches differ in size. Each update reads 3
 * B counts from the device and so waits for it. This is a score, not a loss: it has no gradient.
 *
 * <p>For a listener that minimises, such as DJL's {@code EarlyStoppingListener}, the evaluator can
 * return 1 - Dice:
 *
 * <pre>
 * DiceScore error = DiceScore.builder().setClasses(1, 2).optName("error").optError(true).build();
 * EarlyStoppingListener stopping =
 *         EarlyStoppingListener.builder()
 *                 .optEpochPatience(5)
 *                 .optMonitoredMetric("validate_error")
 *                 .build();
 * </pre>
 */
public final class DiceScore extends MeanEvaluator {

    private final List<Integer> classes;
    private final int output;
    private final OptionalInt ignoreIndex;
    private final boolean error;

    /**
     * Creates the evaluator for the first prediction.
     *
     * @param name the name shown in metrics and progress
     * @param classes indices from 0, distinct, at least one
     * @throws IllegalArgumentException if there is no name or no class, or a class is negative or
     *     repeated
     */
    public DiceScore(String name, int... classes) {
        this(builder().setClasses(classes).optName(name));
    }

    private DiceScore(Builder builder) {
        super(builder.name == null ? "Dice_" + joined(builder.classes) : builder.name);
        classes = builder.classes;
        output = builder.output;
        ignoreIndex = builder.ignoreIndex;
        error = builder.error;
    }

    private static String joined(List<Integer> classes) {
        return String.join("_", classes.stream().map(String::valueOf).toList());
    }

    /**
     * Returns the score of a region of BraTS, named for example {@code Dice_whole}.
     *
     * @param region the region
     * @param numClasses 4 (BraTS 2018 and 2020) or 5 (2015)
     * @return the evaluator
     * @throws IllegalArgumentException if the region is missing or the number of classes another
     */
    public static DiceScore of(TumorRegion region, int numClasses) {
        LossArguments.requireNonNull("region", region);
        int[] classes = region.classes(numClasses).stream().mapToInt(Integer::intValue).toArray();
        return new DiceScore("Dice_" + region.label(), classes);
    }

    /**
     * Returns a builder.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the mean over the samples.
     *
     * @param labels the labels first
     * @param predictions the predictions, of which one is evaluated
     * @return a scalar from 0 to 1, float32, without gradient: Dice, or 1 - Dice if {@link
     *     Builder#optError} is set
     * @throws IllegalArgumentException if there is no such prediction, the shapes do not fit, or
     *     there is no such class
     */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        double mean = Arrays.stream(values(labels, predictions)).average().orElse(Double.NaN);
        NDManager manager = predictions.get(output).getManager();
        return AutogradConstants.constant(manager, mean, DataType.FLOAT32);
    }

    /** {@inheritDoc} */
    @Override
    double[] values(NDList labels, NDList predictions) {
        NDArray label = LossArguments.requireFirst("labels", labels);
        NDArray prediction = prediction(predictions);
        try (NDManager work = prediction.getManager().newSubManager()) {
            TemporaryAttachment.to(work, new NDList(prediction, label));
            Shape shape = prediction.getShape();
            NDArray most = prediction.stopGradient().argMax(1);
            NDArray predicted =
                    ClassLabels.of(most, shape, OptionalInt.empty(), work).anyOf(classes);
            ClassLabels read = ClassLabels.of(label, shape, ignoreIndex, work);
            NDArray kept = read.kept();
            if (kept != null) {
                predicted = predicted.logicalAnd(kept.reshape(predicted.getShape()));
            }
            NDList counts = Overlap.count(predicted, read.anyOf(classes), 1);
            return scores(NDArrays.stack(counts).toLongArray());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(getName() + ", " + e.getMessage(), e);
        }
    }

    private NDArray prediction(NDList predictions) {
        LossArguments.requireFirst("predictions", predictions);
        if (output >= predictions.size()) {
            throw new IllegalArgumentException(
                    getName()
                            + ": expected a prediction at index "
                            + output
                            + ", got "
                            + predictions.size()
                            + " predictions");
        }
        NDArray prediction = predictions.get(output);
        if (prediction.getShape().dimension() < 3) {
            throw new IllegalArgumentException(
                    getName()
                            + ": expected a prediction of shape (B, N, spatial...), got "
                            + prediction.getShape());
        }
        return prediction;
    }

    private double[] scores(long[] counts) {
        int samples = counts.length / 3;
        return IntStream.range(0, samples)
                .mapToDouble(
                        b ->
                                DiceCoefficient.smoothed(
                                        counts[b], counts[samples + b], counts[2 * samples + b]))
                .map(dice -> error ? 1 - dice : dice)
                .toArray();
    }

    /** Builds a {@link DiceScore}. */
    public static final class Builder {

        private String name;
        private List<Integer> classes = List.of();
        private int output;
        private OptionalInt ignoreIndex = OptionalInt.empty();
        private boolean error;

        private Builder() {}

        /**
         * Sets the classes that are taken together.
         *
         * @param classes indices from 0, distinct, at least one
         * @return this builder
         * @throws IllegalArgumentException if there is none, or one is negative or repeated
         */
        public Builder setClasses(int... classes) {
            LossArguments.requireNonNull("classes", classes);
            int[] distinct = Arrays.stream(classes).filter(c -> c >= 0).distinct().toArray();
            if (distinct.length == 0 || distinct.length < classes.length) {
                throw new IllegalArgumentException(
                        "classes: expected distinct indices from 0, at least one, got "
                                + Arrays.toString(classes));
            }
            this.classes = Arrays.stream(classes).boxed().toList();
            return this;
        }

        /**
         * Sets the name shown in metrics and progress.
         *
         * @param name by default {@code Dice_} and the classes
         * @return this builder
         * @throws IllegalArgumentException if it is null
         */
        public Builder optName(String name) {
            this.name = LossArguments.requireNonNull("name", name);
            return this;
        }

        /**
         * Sets which of the predictions is evaluated.
         *
         * @param output an index from 0, by default 0; one that exists in training alone cannot be
         *     evaluated in validation
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder optOutput(int output) {
            this.output = (int) LossArguments.requireAtLeast("output", "an index", output, 0);
            return this;
        }

        /**
         * Sets the label of voxels that do not count.
         *
         * @param ignoreIndex a label; by default there is none
         * @return this builder
         */
        public Builder optIgnoreIndex(int ignoreIndex) {
            this.ignoreIndex = OptionalInt.of(ignoreIndex);
            return this;
        }

        /**
         * Sets whether 1 - Dice is returned, for listeners that minimise.
         *
         * @param error by default false
         * @return this builder
         */
        public Builder optError(boolean error) {
            this.error = error;
            return this;
        }

        /**
         * Builds the evaluator.
         *
         * @return the evaluator
         * @throws IllegalArgumentException if the classes are missing
         */
        public DiceScore build() {
            if (classes.isEmpty()) {
                throw new IllegalArgumentException("classes: expected at least one, got none");
            }
            return new DiceScore(this);
        }
    }
}
