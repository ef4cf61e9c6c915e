/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VotingRuleTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    /** The hand-made vectors of the method's description: thresholds 0.75 and 0.85, penalty 0.3. */
    @Test
    void handMadeVotes() {
        VotingRule rule = new VotingRule(0.75, 0.85, 0.3);
        double[][] oneLeaderP = {{.9, .5, .5}, {.2, .9, .3}, {.2, .9, .4}, {.2, .9, .9}};
        double[][] oneLeaderQ = {{.4, .3, .3}, {.2, .41, .22}, {.2, .42, .23}, {.2, .43, .24}};
        assertThat(HandMade.votes(rule, List.of(0), oneLeaderP, oneLeaderQ))
                .containsExactly(new double[] {.4, .42, .22}, within(1e-15));
        double[][] twoLeadersP = {
            {.9, .9, .5, .5}, {.8, .3, .4, .4}, {.1, .1, .9, .2}, {.1, .1, .95, .9}
        };
        double[][] twoLeadersQ = {
            {.4, .4, .3, .3}, {.36, .2, .28, .28}, {.1, .1, .41, .21}, {.12, .12, .43, .25}
        };
        assertThat(HandMade.votes(rule, List.of(0, 1), twoLeadersP, twoLeadersQ))
                .containsExactly(new double[] {.4, .34, .42, .21}, within(1e-15));
    }

    @Test
    void nothingButTheVoteStaysOnTheManager() {
        NDArray some = manager.full(new Shape(2, 2, 3), 0.5f);
        NDList two = new NDList(some, some.duplicate());
        ClassGroups groups =
                new ClassGroups(
                        List.of("a", "b"),
                        List.of(
                                new ClassGroup("x", List.of(0)),
                                new ClassGroup("y", List.of(1, 0))));
        NDArray present = manager.ones(new Shape(2, 2));
        int before = manager.getManagedArrays().size();
        new VotingRule(.5, .5, .1).vote(two, two, groups, present).close();
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    /** Of what is as large as the voxels; constants and rows of who is present are not. */
    @ParameterizedTest
    @CsvSource({"PAPER, false", "PAPER, true", "RELEASED, false"})
    void ofTheWayToTheVotesOnlyViewsAreLeft(Edition edition, boolean missing) {
        ClassGroups groups =
                ClassGroups.parse(
                        List.of("a", "b", "c"), "x: a, b; y: c; z: a; w: b, c; v: b; u: a");
        Shape shape = new Shape(2, 6, 7);
        NDList p = new NDList();
        NDList q = new NDList();
        for (int m = 0; m < 3; m++) {
            p.add(manager.randomUniform(0, 1, shape));
            q.add(manager.randomUniform(0, 1, shape));
        }
        NDArray present =
                missing ? manager.create(new int[] {1, 1, 0, 0, 1, 1}, new Shape(2, 3)) : null;
        Presence presence = Presence.of(present, 3, DataType.FLOAT32, manager);
        VotingRule rule = new VotingRule(.4, .6, .3, edition);
        long before = large();
        NDArray votes =
                rule.votes(
                        new PresentProbabilities(p, presence),
                        new PresentProbabilities(q, presence),
                        groups,
                        presence);
        // Each class of each modality, of p and of q, and the votes.
        int expected = 2 * 3 * 6 + 1;
        // Of each class with two leaders what they give and where; of one leader the released rule.
        expected += 2 * 2 + (edition == Edition.RELEASED ? 4 * 2 : 0);
        assertThat(large() - before).isEqualTo(expected);
        assertThat(votes.getShape()).isEqualTo(shape);
        assertThat(new PresentProbabilities(p, presence).byClass()).hasSize(6);
    }

    private long large() {
        return manager.getManagedArrays().stream().filter(one -> one.size() > 12).count();
    }

    @Test
    void valuesOutsideTheirRangeAreNamed() {
        assertThatThrownBy(() -> new VotingRule(-0.1, 0.5, 0))
                .hasMessage("leaderThreshold: expected a number from 0.0 to 1.0, got -0.1");
        assertThatThrownBy(() -> new VotingRule(0.6, 0.5, 0))
                .hasMessage("memberThreshold: expected a number from 0.6 to 1.0, got 0.5");
        assertThatThrownBy(() -> new VotingRule(0.6, 0.7, Double.NaN))
                .hasMessage("penalty: expected a number from 0.0 to 1.0, got NaN");
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        NDList four = new NDList();
        NDList other = new NDList();
        for (int m = 0; m < 4; m++) {
            four.add(manager.zeros(new Shape(1, 4, 2)));
            other.add(manager.zeros(new Shape(1, 4, 3)));
        }
        VotingRule rule = new VotingRule(0.5, 0.5, 0);
        ClassGroups groups = ClassGroups.brats2020();
        assertThatThrownBy(() -> rule.vote(four, other, groups, null))
                .hasMessage("temperedProbabilities 0: expected shape (1, 4, 2), got (1, 4, 3)");
        assertThatThrownBy(() -> rule.vote(four, new NDList(), groups, null))
                .hasMessageStartingWith(
                        "temperedProbabilities: expected one array for each of the 4 modalities ")
                .hasMessageEndingWith(", got 0");
        NDArray present = manager.zeros(new Shape(4, 1));
        assertThatThrownBy(() -> rule.vote(four, four, groups, present))
                .hasMessage("present: expected shape (1, 4), got (4, 1)");
    }
}
