/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.config;

/** The order of the Kullback-Leibler divergence. */
public enum DivergenceKind {
    /** KL(teacher || student), what the paper's code descends. */
    TEACHER_TO_STUDENT,
    /** KL(student || teacher), as the paper prints it. */
    STUDENT_TO_TEACHER
}
