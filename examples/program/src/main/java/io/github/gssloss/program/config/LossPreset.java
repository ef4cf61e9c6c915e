/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

/** Which values the loss starts from. */
public enum LossPreset {
    /** The best value of each of the paper's tables. */
    PAPER,
    /** The base of the paper's ablations. */
    PAPER_ABLATION,
    /** The defaults of the authors' released code, computed as it computes them. */
    RELEASED,
    /** The distillation of PASSION, by another group: the fused prediction is the teacher. */
    PASSION,
    /** No distillation: the task losses alone, the baseline. */
    NONE
}
