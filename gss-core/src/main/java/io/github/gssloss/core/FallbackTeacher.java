/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;

/**
 * The vote of {@link PaperTeacher#VOTES} with something else where {@link Decision#MINIMUM}
 * decides, because no modality is confident enough. Not in the paper.
 */
public enum FallbackTeacher implements Teacher {
    /**
     * A class that the minimum would decide at a voxel has the tempered fused probability of it, as
     * {@link PaperTeacher#FUSED} computes it. A sample without any modality has no votes.
     */
    VOTES_ELSE_FUSED {
        @Override
        public NDArray target(TeacherInput input) {
            NDArray votes = PaperTeacher.VOTES.target(input);
            try (NDArray fused = PaperTeacher.FUSED.target(input);
                    NDArray byMinimum = decidedByMinimum(input)) {
                // In place: where the minimum decides 0 and the fused number, else the vote and 0.
                NDArray replaced = fused.mul(byMinimum);
                return votes.muli(EngineConstants.oneMinus(byMinimum)).addi(replaced);
            }
        }

        @Override
        public boolean needsFused() {
            return true;
        }
    },
    /**
     * A voxel at which the minimum decides every class has no votes: it is left out of the
     * distillation, as an undecided one.
     */
    VOTES_ELSE_NOTHING {
        @Override
        public NDArray target(TeacherInput input) {
            NDArray votes = PaperTeacher.VOTES.target(input);
            try (NDArray byMinimum = decidedByMinimum(input);
                    NDArray everywhere = byMinimum.min(new int[] {1}, true)) {
                return votes.muli(EngineConstants.oneMinus(everywhere));
            }
        }
    };

    /** 1 where the minimum decides a class, else 0, (B, N, V) in the type of the votes. */
    private static NDArray decidedByMinimum(TeacherInput input) {
        Presence presence = PaperTeacher.presence(input);
        GssConfig config = input.config();
        return config.votingRule()
                .byMinimum(
                        new PresentProbabilities(input.probabilities(), presence),
                        config.groups(),
                        presence);
    }
}
