/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * Training of the networks: the optimiser and the schedule of the paper, and the loop around them.
 */
package io.github.gssloss.examples.train;
