/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import io.github.gssloss.core.GssConfig;

/**
 * The settings that all losses here have.
 *
 * @param <T> the builder of the loss
 */
abstract class LossBuilder<T extends LossBuilder<T>> {

    private String name;
    private OutputLayout layout;
    private GssConfig config;
    private LossSchedule schedule = LossSchedule.constant();
    private double lossScale = 1;
    private long blockVoxels;

    LossBuilder(String name) {
        this.name = name;
    }

    abstract T self();

    /**
     * Sets what the network's outputs are.
     *
     * @param layout the layout
     * @return this builder
     * @throws IllegalArgumentException if it is null
     */
    public final T setLayout(OutputLayout layout) {
        this.layout = LossArguments.requireNonNull("layout", layout);
        return self();
    }

    /**
     * Sets the settings of the method.
     *
     * @param config the settings
     * @return this builder
     * @throws IllegalArgumentException if they are null
     */
    public final T setConfig(GssConfig config) {
        this.config = LossArguments.requireNonNull("config", config);
        return self();
    }

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
     * Sets what changes over the training batches.
     *
     * @param schedule by default nothing changes
     * @return this builder
     * @throws IllegalArgumentException if it is null
     */
    public final T optSchedule(LossSchedule schedule) {
        this.schedule = LossArguments.requireNonNull("schedule", schedule);
        return self();
    }

    /**
     * Sets a factor of all gradients, for networks trained in half precision, whose smallest number
     * is 6e-8: the gradient of a voxel of a large volume is below it. The value of the loss does
     * not change. Divide the gradients by the same number before the optimiser sees them. With
     * plain SGD, without momentum, weight decay and clipping, a learning rate divided by it does
     * the same: 0.01 / 1024 in place of 0.01 for {@code optLossScale(1024)}.
     *
     * @param lossScale above 0 and at most 1,000,000, by default 1
     * @return this builder
     * @throws IllegalArgumentException if it is outside its range
     */
    public final T optLossScale(double lossScale) {
        this.lossScale = LossArguments.requireWeight("lossScale", lossScale);
        LossArguments.requireNonZero("lossScale", lossScale);
        return self();
    }

    /**
     * Sets how many voxels the distillation processes at once.
     *
     * @param blockVoxels at least 1; by default a number that suits the device, see {@link
     *     io.github.gssloss.core.GroupDistillation}
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    public final T optBlockVoxels(long blockVoxels) {
        this.blockVoxels = LossArguments.requireAtLeast("blockVoxels", "a number", blockVoxels, 1);
        return self();
    }

    final String name() {
        return name;
    }

    final OutputLayout layout() {
        return layout;
    }

    final GssConfig config() {
        return config;
    }

    final LossSchedule schedule() {
        return schedule;
    }

    final double lossScale() {
        return lossScale;
    }

    final long blockVoxels() {
        return blockVoxels;
    }
}
