/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import com.fasterxml.jackson.annotation.JsonAlias;

/** The names that divergences had in settings until 0.1, still read: a mix-in for Jackson. */
enum OldDivergenceNames {
    @JsonAlias("teacherToStudent")
    FORWARD_KL,
    @JsonAlias("studentToTeacher")
    REVERSE_KL,
    @JsonAlias("weightedCrossEntropy")
    RELEASED_CROSS_ENTROPY
}
