/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;

/** The teachers of the paper: its own, and two that its ablations compare it with. */
public enum PaperTeacher implements Teacher {
    /** The vote of leaders and members by the settings' groups and {@link VotingRule}. */
    VOTES {
        @Override
        public NDArray target(TeacherInput input) {
            Arguments.requireNonNull("input", input);
            Presence presence = presence(input);
            PresentProbabilities p = new PresentProbabilities(input.probabilities(), presence);
            PresentProbabilities q =
                    new PresentProbabilities(input.temperedProbabilities(), presence);
            GssConfig config = input.config();
            return config.votingRule().votes(p, q, config.groups(), presence);
        }
    },
    /**
     * The tempered fused probabilities: softmax(log(p<sub>fused</sub>) / &tau;) over classes, with
     * p<sub>fused</sub> clamped at 1e-12, because the networks give no fused logits. The paper's
     * Table 1 reports that training with it collapses.
     */
    FUSED {
        @Override
        public NDArray target(TeacherInput input) {
            Arguments.requireNonNull("input", input);
            if (input.fused() == null) {
                throw new IllegalArgumentException(
                        "fused: expected the fused probabilities, of which FUSED makes the target,"
                                + " got none");
            }
            NDArray p = input.fused();
            NDArray logits = p.maximum(EngineConstants.of(CLAMP, p)).log();
            return logits.divi(EngineConstants.of(input.config().temperature(), p)).softmax(1);
        }

        @Override
        public boolean needsFused() {
            return true;
        }
    },
    /**
     * Direct mutual distillation, without leaders, as in the paper's Figure 3: the target of a
     * branch is the mean q of the other branches that are present. If there are none, it has no
     * target.
     */
    MUTUAL {
        @Override
        public NDArray target(TeacherInput input) {
            Arguments.requireNonNull("input", input);
            PresentProbabilities q =
                    new PresentProbabilities(input.temperedProbabilities(), presence(input));
            List<Integer> all = input.config().groups().allModalities();
            NDList targets = new NDList();
            for (int m : all) {
                List<Integer> others = all.stream().filter(o -> o != m).toList();
                targets.add(
                        others.isEmpty()
                                ? input.temperedProbabilities().get(m).zerosLike()
                                : q.mean(others));
            }
            return NDArrays.stack(targets);
        }
    };

    static final double CLAMP = 1e-12;

    static Presence presence(TeacherInput input) {
        NDArray q = input.temperedProbabilities().get(0);
        int rank = q.getShape().dimension();
        return Presence.of(input.present(), rank, q.getDataType(), q.getManager());
    }
}
