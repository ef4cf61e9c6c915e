/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/** Segments new cases: one or a folder, on any grid, with maps of probabilities and doubt. */
package io.github.gssloss.program.prediction;
