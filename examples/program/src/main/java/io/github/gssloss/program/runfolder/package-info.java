/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * The folder of a run: settings, versions, cases, checkpoints and the tables that a training
 * writes.
 */
package io.github.gssloss.program.runfolder;
