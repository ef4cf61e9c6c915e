/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * Experiments: a grid of runs, arms by seeds, trained, evaluated and compared. It can be stopped at
 * any time and goes on where it was.
 */
package io.github.gssloss.program.experiment;
