/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * Training from settings and cases to a run folder: the loop, its states on disk, validation and
 * the log of decisions.
 */
package io.github.gssloss.program.training;
