/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/** Evaluating and predicting with a trained network, from folders to folders. */
package io.github.gssloss.program.evaluation;
