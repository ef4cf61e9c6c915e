/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import io.github.gssloss.core.GssConfig;

/**
 * The settings of one training batch.
 *
 * @param config those of its step
 * @param step the number of training batches before it
 * @param mask the mask of the distillation; null if the mask rate is 0, or it is not computed
 * @param ready 1 where a class is ready, else 0, (N); null if the settings have no readiness
 */
record BatchSettings(GssConfig config, long step, NDArray mask, NDArray ready) {}
