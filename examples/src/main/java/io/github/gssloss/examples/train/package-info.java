/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * A training from settings and cases to a run folder: the loop, the optimiser and its schedule, the
 * folder itself and the record of losses.
 */
package io.github.gssloss.examples.train;
