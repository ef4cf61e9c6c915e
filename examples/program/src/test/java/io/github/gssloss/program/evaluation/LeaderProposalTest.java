/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.DatasetKind;
import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.Region;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Leaders from the Dice of branches, case by case. */
class LeaderProposalTest {

    private static final DataDescription HEART =
            new DataDescription(
                    DatasetKind.NNUNET,
                    "heart",
                    Modality.of(List.of("C0", "LGE", "T2")),
                    LabelSet.of(List.of("background", "scar", "oedema"), List.of(0, 1, 2)),
                    List.of(new Region("scar", "scar", List.of(1), false)));

    /** Cases of 100 voxels, half of them scar, of which each branch finds a share. */
    private static BranchScores scores(int cases, double... found) {
        BranchScores scores = new BranchScores(3, 3);
        byte[] truth = new byte[100];
        for (int v = 0; v < 50; v++) {
            truth[v] = 1;
        }
        for (int i = 0; i < cases; i++) {
            for (int m = 0; m < found.length; m++) {
                byte[] predicted = new byte[100];
                for (int v = 0; v < 50 * found[m] - i % 3; v++) {
                    predicted[v] = 1;
                }
                scores.add("case " + i, m, predicted, truth);
            }
        }
        return scores;
    }

    @Test
    void scoresAreTheDiceOfEachCase() {
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 200; round++) {
            byte[] truth = new byte[30];
            byte[] predicted = new byte[30];
            for (int v = 0; v < truth.length; v++) {
                truth[v] = (byte) (random.nextInt(4) - 1);
                predicted[v] = (byte) random.nextInt(3);
            }
            BranchScores scores = new BranchScores(1, 3);
            scores.add("one", 0, predicted, truth);
            for (int c = 0; c < 3; c++) {
                double both = 0;
                double sizes = 0;
                boolean labelled = false;
                for (int v = 0; v < truth.length; v++) {
                    if (truth[v] == LabelSet.IGNORED) {
                        continue;
                    }
                    both += truth[v] == c && predicted[v] == c ? 1 : 0;
                    sizes += (truth[v] == c ? 1 : 0) + (predicted[v] == c ? 1 : 0);
                    labelled |= truth[v] == c;
                }
                List<double[]> found = scores.of(c, 0);
                assertThat(found).hasSize(labelled ? 1 : 0);
                if (labelled) {
                    assertThat(found.get(0)[0]).isCloseTo(2 * both / sizes, within(1e-6));
                }
            }
        }
        assertThatThrownBy(() -> new BranchScores(1, 2).add("one", 0, new byte[3], new byte[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 2 voxels as the truth has, got 3");
    }

    @Test
    void theBestLeadsWithThoseWithinTheMargin() {
        BranchScores scores = scores(8, 0.5, 0.9, 0.86);
        assertThat(new LeaderProposal(HEART, scores, 0.05).leaders(1))
                .extracting(Modality::label)
                .containsExactly("LGE", "T2");
        assertThat(new LeaderProposal(HEART, scores, 0.01).leaders(1))
                .extracting(Modality::label)
                .containsExactly("LGE");
        assertThat(new LeaderProposal(HEART, scores, 0.01).groups())
                .contains("; scar: LGE; oedema: C0, LGE, T2");
        assertThat(new LeaderProposal(HEART, scores, 0.05).certainty(1))
                .startsWith("LGE is ")
                .contains(" above C0 [")
                .endsWith(": certain");
    }

    @Test
    void whatCannotBeKnownIsSaid() {
        LeaderProposal none = new LeaderProposal(HEART, scores(4, 0.04, 0.06, 0.05), 0.05);
        assertThat(none.certainty(1)).startsWith("no modality sees it: the best, LGE, has ");
        assertThat(none.certainty(2)).isEqualTo("in no case: all modalities stand for its leaders");
        LeaderProposal one = new LeaderProposal(HEART, scores(1, 0.5, 0.9, 0.2), 0.05);
        assertThat(one.certainty(1)).isEqualTo("1 case has both LGE and C0: not certain");
        LeaderProposal all = new LeaderProposal(HEART, scores(3, 0.9, 0.9, 0.9), 0.05);
        assertThat(all.certainty(1)).isEqualTo("all are within the margin");
        assertThat(all.table()).hasSize(4).anyMatch(line -> line.contains("oedema"));
    }
}
