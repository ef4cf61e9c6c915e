/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.evaluator.Evaluator;
import io.github.gssloss.core.DiceCoefficient;
import io.github.gssloss.core.TumorRegion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Dice score of a {@link TumorRegion}, as BraTS evaluates it: {@link DiceCoefficient#smoothed}
 * of each sample, averaged over the samples. Predicted are the voxels whose most probable class
 * belongs to the region, labelled those whose label does. Two empty masks score 1, one empty mask
 * scores practically 0.
 *
 * <p>The prediction is one array of shape (B, N, spatial...), probabilities or logits; which entry
 * of the predictions is evaluated is an index, by default 0, the fused probabilities of the
 * networks here. The labels are the first array given: class indices (B, spatial...) of any numeric
 * type, or one-hot (B, N, spatial...). N is 4 or 5 and decides which classes make up the region.
 *
 * <p>The accumulators average over samples, also where batches differ in size. Each update reads 3
 * B counts from the device and so waits for it. This is a score, not a loss: it has no gradient.
 */
public class RegionDice extends Evaluator {

    private final TumorRegion region;
    private final int index;
    private final Map<String, Double> totals = new ConcurrentHashMap<>();

    /**
     * Creates the evaluator for the first prediction, named for example {@code Dice_whole}.
     *
     * @param region the region to evaluate
     */
    public RegionDice(TumorRegion region) {
        this("Dice_" + LossArguments.requireNonNull("region", region).label(), region);
    }

    /**
     * Creates the evaluator for the first prediction.
     *
     * @param name the name shown in metrics and progress
     * @param region the region to evaluate
     */
    public RegionDice(String name, TumorRegion region) {
        this(name, region, 0);
    }

    /**
     * Creates the evaluator.
     *
     * @param name the name shown in metrics and progress
     * @param region the region to evaluate
     * @param index which of the predictions is evaluated, from 0; one that exists in training alone
     *     cannot be evaluated in validation
     * @throws IllegalArgumentException if {@code index} is negative
     */
    public RegionDice(String name, TumorRegion region, int index) {
        super(name);
        if (index < 0) {
            throw new IllegalArgumentException("index: expected at least 0, got " + index);
        }
        this.region = LossArguments.requireNonNull("region", region);
        this.index = index;
    }

    /**
     * Returns the mean Dice score of the samples.
     *
     * @param labels the labels first: class indices or one-hot
     * @param predictions the predictions, of which the one at the index is evaluated
     * @return a scalar from 0 to 1, float32, without gradient
     * @throws IllegalArgumentException if there is no such prediction or the shapes do not fit
     */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        double mean = Arrays.stream(scores(labels, predictions)).average().orElse(Double.NaN);
        return predictions.get(index).getManager().create((float) mean);
    }

    /** {@inheritDoc} */
    @Override
    public void addAccumulator(String key) {
        resetAccumulator(key);
    }

    /** {@inheritDoc} */
    @Override
    public void updateAccumulator(String key, NDList labels, NDList predictions) {
        updateAccumulators(new String[] {key}, labels, predictions);
    }

    /** {@inheritDoc} */
    @Override
    public void updateAccumulators(String[] keys, NDList labels, NDList predictions) {
        for (String key : LossArguments.requireNonNull("keys", keys)) {
            LossArguments.requireNonNull("key", key);
        }
        double[] scores = scores(labels, predictions);
        double sum = Arrays.stream(scores).sum();
        for (String key : keys) {
            totals.merge(key, sum, Double::sum);
            totalInstances.merge(key, (long) scores.length, Long::sum);
        }
    }

    /** {@inheritDoc} */
    @Override
    public void resetAccumulator(String key) {
        LossArguments.requireNonNull("key", key);
        totals.put(key, 0.0);
        totalInstances.put(key, 0L);
    }

    /**
     * Returns the mean Dice score of all samples since the last reset.
     *
     * @param key the key of the accumulator
     * @return the mean, NaN if there is none
     * @throws IllegalArgumentException if no accumulator was added with the key
     */
    @Override
    public float getAccumulator(String key) {
        Long samples = totalInstances.get(LossArguments.requireNonNull("key", key));
        if (samples == null) {
            throw new IllegalArgumentException(
                    getName() + ": no accumulator was added with the key " + key);
        }
        return samples == 0 ? Float.NaN : (float) (totals.get(key) / samples);
    }

    private double[] scores(NDList labels, NDList predictions) {
        LossArguments.requireFirst("predictions", predictions);
        if (index >= predictions.size()) {
            throw new IllegalArgumentException(
                    getName()
                            + ": expected a prediction at index "
                            + index
                            + ", got "
                            + predictions.size()
                            + " predictions");
        }
        NDArray prediction = predictions.get(index);
        NDArray label = LossArguments.requireFirst("labels", labels);
        Shape shape = prediction.getShape();
        checkShapes(shape, label.getShape());
        List<Integer> classes = region.classes((int) shape.get(1));
        long[] counts;
        try (NDManager scope = prediction.getManager().newSubManager()) {
            TemporaryAttachment.to(scope, new NDList(prediction, label));
            NDArray predicted = flatMask(prediction.stopGradient().argMax(1), classes);
            NDArray labelled = flatMask(indices(label, shape), classes);
            NDArray both = predicted.logicalAnd(labelled);
            counts =
                    sum(both)
                            .concat(sum(predicted))
                            .concat(sum(labelled))
                            .toType(DataType.INT64, false)
                            .toLongArray();
        }
        int samples = counts.length / 3;
        double[] scores = new double[samples];
        for (int b = 0; b < samples; b++) {
            scores[b] =
                    DiceCoefficient.smoothed(
                            counts[b], counts[samples + b], counts[2 * samples + b]);
        }
        return scores;
    }

    private void checkShapes(Shape prediction, Shape label) {
        if (prediction.dimension() < 3) {
            throw new IllegalArgumentException(
                    getName()
                            + ": expected a prediction of shape (B, N, spatial...), got "
                            + prediction);
        }
        Shape expected = new Shape(prediction.get(0)).addAll(prediction.slice(2));
        if (!label.equals(expected) && !label.equals(prediction)) {
            throw new IllegalArgumentException(
                    getName()
                            + " labels: expected class indices "
                            + expected
                            + " or one-hot "
                            + prediction
                            + ", got "
                            + label);
        }
    }

    private static NDArray indices(NDArray label, Shape prediction) {
        if (!label.getShape().equals(prediction)) {
            return label;
        }
        // The engine has no argMax of booleans.
        boolean counts = label.getDataType() != DataType.BOOLEAN;
        return (counts ? label : label.toType(DataType.UINT8, false)).argMax(1);
    }

    private static NDArray flatMask(NDArray indices, List<Integer> classes) {
        NDArray mask = indices.eq(classes.get(0));
        for (int c : classes.subList(1, classes.size())) {
            mask = mask.logicalOr(indices.eq(c));
        }
        long samples = indices.getShape().get(0);
        return mask.reshape(samples, indices.size() / samples);
    }

    private static NDArray sum(NDArray mask) {
        return mask.sum(new int[] {1});
    }
}
