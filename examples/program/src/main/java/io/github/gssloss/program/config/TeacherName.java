/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import io.github.gssloss.core.FallbackTeacher;
import io.github.gssloss.core.OracleTeacher;
import io.github.gssloss.core.PaperTeacher;
import io.github.gssloss.core.Teacher;

/** The teachers that settings can name. */
public enum TeacherName {
    /** The votes of leaders and members. */
    VOTES(PaperTeacher.VOTES),
    /** The fused prediction. */
    FUSED(PaperTeacher.FUSED),
    /** For each branch the mean of the others. */
    MUTUAL(PaperTeacher.MUTUAL),
    /** The votes, and the fused prediction where the minimum would decide. */
    VOTES_ELSE_FUSED(FallbackTeacher.VOTES_ELSE_FUSED),
    /** The votes, and nothing at a voxel where the minimum would decide every class. */
    VOTES_ELSE_NOTHING(FallbackTeacher.VOTES_ELSE_NOTHING),
    /** Knows the labels: the tempered label. */
    ORACLE_LABEL(OracleTeacher.LABEL),
    /** Knows the labels: the branch that is best at each voxel. */
    ORACLE_BRANCH(OracleTeacher.BEST_BRANCH),
    /** Knows the labels: the votes where they are right, else the tempered label. */
    ORACLE_VOTES(OracleTeacher.CORRECTED_VOTES);

    private final Teacher teacher;

    TeacherName(Teacher teacher) {
        this.teacher = teacher;
    }

    /**
     * Returns the teacher.
     *
     * @return one of the method's
     */
    public Teacher teacher() {
        return teacher;
    }
}
