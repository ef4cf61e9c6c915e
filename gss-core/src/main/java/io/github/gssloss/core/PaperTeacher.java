/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;

/** The teachers of the paper: its method, and what its Table 1 compares the method with. */
public enum PaperTeacher implements Teacher {
    /** The vote of leaders and members by the settings' groups and {@link VotingRule}. */
    VOTES {
        @Override
        public NDArray target(TeacherInput input) {
            Arguments.requireNonNull("input", input);
            Attendance attendance = attendance(input);
            Panel p = new Panel(input.confidence(), attendance);
            Panel q = new Panel(input.value(), attendance);
            GssConfig settings = input.settings();
            return settings.votingRule().votes(p, q, settings.groups(), attendance);
        }
    },
    /**
     * The fused prediction, softened: softmax(log(p_fused) / tau) over classes, with p_fused
     * clamped at 1e-12. The networks here give no fused logits. In the paper it collapses.
     */
    FUSED {
        @Override
        public NDArray target(TeacherInput input) {
            Arguments.requireNonNull("input", input);
            if (input.fused() == null) {
                throw new IllegalArgumentException(
                        "fused: expected the fused probabilities, which FUSED teaches, got none");
            }
            NDArray p = input.fused();
            NDArray logits = p.maximum(Scalars.of(CLAMP, p)).log();
            return logits.divi(Scalars.of(input.settings().temperature(), p)).softmax(1);
        }

        @Override
        public boolean needsFused() {
            return true;
        }
    },
    /**
     * Direct mutual distillation, without leaders: a branch learns the mean q of the other branches
     * that are present. Where there are none it learns nothing.
     */
    MUTUAL {
        @Override
        public NDArray target(TeacherInput input) {
            Arguments.requireNonNull("input", input);
            Panel q = new Panel(input.value(), attendance(input));
            List<Integer> everyone = input.settings().groups().everyone();
            NDList targets = new NDList();
            for (int m : everyone) {
                List<Integer> others = everyone.stream().filter(o -> o != m).toList();
                targets.add(others.isEmpty() ? input.value().get(m).zerosLike() : q.mean(others));
            }
            return NDArrays.stack(targets);
        }
    };

    private static final double CLAMP = 1e-12;

    private static Attendance attendance(TeacherInput input) {
        NDArray q = input.value().get(0);
        int rank = q.getShape().dimension();
        return Attendance.of(input.present(), rank, q.getDataType(), q.getManager());
    }
}
