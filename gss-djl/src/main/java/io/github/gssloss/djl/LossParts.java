/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

/**
 * The parts of the loss of one batch: total = alpha * (fused + branches + auxiliary) + beta * tau^2
 * * distillation in training (in the released edition fused + auxiliary + alpha * branches + ...);
 * outside training the fused part alone.
 *
 * @param total the loss itself
 * @param fused the task loss of the fused output, as it counts at this step
 * @param branches the task losses of the branches, summed
 * @param auxiliary the task losses of the auxiliary outputs, summed
 * @param distillation L_kd, without beta and tau^2
 */
public record LossParts(
        float total, float fused, float branches, float auxiliary, float distillation) {}
