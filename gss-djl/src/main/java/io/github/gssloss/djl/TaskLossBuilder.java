/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * The settings that the task losses have in common.
 *
 * @param <T> the builder of the loss
 */
abstract class TaskLossBuilder<T extends TaskLossBuilder<T>> {

    private String name;
    private double[] classWeights = {};
    private OptionalInt ignoreIndex = OptionalInt.empty();

    TaskLossBuilder(String name) {
        this.name = name;
    }

    abstract T self();

    /**
     * Sets the display name.
     *
     * @param name by default the name of the class
     * @return this builder
     * @throws IllegalArgumentException if it is null
     */
    public final T optName(String name) {
        this.name = LossArguments.requireNonNull("name", name);
        return self();
    }

    /**
     * Sets a weight for every class; 0 leaves a class out, for example the background.
     *
     * @param classWeights one weight a class, from 0 to 1,000,000, not all 0; by default all are 1
     * @return this builder
     * @throws IllegalArgumentException if there are none, all are 0, or one is outside its range
     */
    public final T optClassWeights(double... classWeights) {
        LossArguments.requireNonNull("classWeights", classWeights);
        for (double weight : classWeights) {
            LossArguments.requireWeight("classWeights", weight);
        }
        LossArguments.requireNonZero("classWeights", Arrays.stream(classWeights).sum());
        this.classWeights = classWeights.clone();
        return self();
    }

    /**
     * Sets the label of voxels that do not count. Inside a {@link GssLoss} that of its settings
     * holds instead.
     *
     * @param ignoreIndex a label; by default there is none
     * @return this builder
     */
    public final T optIgnoreIndex(int ignoreIndex) {
        this.ignoreIndex = OptionalInt.of(ignoreIndex);
        return self();
    }

    final String name() {
        return name;
    }

    final double[] classWeights() {
        return classWeights;
    }

    final OptionalInt ignoreIndex() {
        return ignoreIndex;
    }
}
