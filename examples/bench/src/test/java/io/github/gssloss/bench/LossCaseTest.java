/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.Decision;
import io.github.gssloss.core.DistillationInput;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.SoftTarget;
import org.junit.jupiter.api.Test;

/** The sizes at which the loss is measured. */
class LossCaseTest {

    @Test
    void everyDecisionOccursOften() {
        Engine.getInstance().setRandomSeed(7);
        LossCase size = new LossCase(2, 16, 4, 4);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList logits = size.logits(size.truth(manager));
            assertThat(logits).hasSize(4).allMatch(z -> z.getShape().equals(size.shape()));
            try (SoftTarget target =
                    new GroupDistillation(size.config()).softTarget(DistillationInput.of(logits))) {
                for (Decision decision :
                        new Decision[] {
                            Decision.ALL_LEADERS,
                            Decision.SOME_LEADERS,
                            Decision.MEMBERS,
                            Decision.MINIMUM
                        }) {
                    long voxels = target.vote().decision().eq(decision.code()).sum().getLong();
                    assertThat(voxels).as(decision.name()).isGreaterThan(size.voxels() / 100);
                }
            }
        }
    }

    @Test
    void thePapersSizeHasThePapersGroups() {
        LossCase size = new LossCase(2, 80, 4, 4);

        assertThat(size.groups()).isEqualTo(ClassGroups.brats2020());
        assertThat(size.voxels()).isEqualTo(1_024_000);
        assertThat(size.logitBytes()).isEqualTo(65_536_000);
        assertThat(size)
                .hasToString("batch 2, 4 classes, 80^3 voxels, 4 modalities: 65.5 MB of logits");
    }

    @Test
    void otherSizesHaveClassesWithOneAndWithTwoLeaders() {
        assertThat(new LossCase(1, 8, 3, 4).groups())
                .hasToString("c0: m0; c1: m1; c2: m0, m2; c3: m0");
    }

    @Test
    void numbersThatMakeNoBatchAreRefused() {
        assertThatThrownBy(() -> new LossCase(0, 8, 4, 4))
                .hasMessage("--batch: expected a whole number of at least 1, got 0");
        assertThatThrownBy(() -> new LossCase(2, 8, 4, 1))
                .hasMessage("--classes: expected a whole number of at least 2, got 1");
    }
}
