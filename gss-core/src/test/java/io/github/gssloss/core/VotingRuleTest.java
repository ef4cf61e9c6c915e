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
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VotingRuleTest {

    private static final int BATCH = 3;

    private final NDManager manager = NDManager.newBaseManager();
    private final Map<Decision, Integer> seen = new EnumMap<>(Decision.class);

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void everyVoteAgreesWithAPlainLoop() {
        int votes = 0;
        for (int seed = 0; seed < 120; seed++) {
            votes += compare(new Random(seed));
        }
        assertThat(votes).isGreaterThan(20_000);
        assertThat(seen.keySet()).containsExactlyInAnyOrder(Decision.values());
        assertThat(seen.values()).allMatch(count -> count >= 500);
    }

    /** One random task: its modalities, classes, leaders, missing modalities; ties are common. */
    private int compare(Random random) {
        int modalities = 1 + random.nextInt(6);
        int classes = 2 + random.nextInt(7);
        Shape space = random.nextBoolean() ? new Shape(4, 5) : new Shape(3, 2, 3);
        int voxels = Math.toIntExact(space.size());
        ClassGroups groups = groups(random, modalities, classes);
        VotingRule rule = new VotingRule(0.5, 0.5 + random.nextInt(3) / 4.0, random.nextDouble());
        double[][] p = new double[modalities][BATCH * classes * voxels];
        double[][] q = new double[modalities][BATCH * classes * voxels];
        for (int m = 0; m < modalities; m++) {
            for (int i = 0; i < p[m].length; i++) {
                p[m][i] = random.nextInt(9) / 8.0; // eighths: thresholds are hit exactly
                q[m][i] = random.nextDouble();
            }
        }
        boolean[][] present = present(random, modalities);
        NDArray matrix = random.nextInt(3) == 0 ? null : matrix(present);
        Shape shape = new Shape(BATCH, classes).addAll(space);
        try (Vote vote = rule.vote(branches(p, shape), branches(q, shape), groups, matrix)) {
            double[] value = vote.value().toDoubleArray();
            byte[] decision = vote.decision().toType(DataType.INT8, false).toByteArray();
            for (int i = 0; i < value.length; i++) {
                boolean[] here = new boolean[modalities];
                double[] pv = new double[modalities];
                double[] qv = new double[modalities];
                for (int m = 0; m < modalities; m++) {
                    here[m] = matrix == null || present[i / (classes * voxels)][m];
                    pv[m] = p[m][i];
                    qv[m] = q[m][i];
                }
                List<Integer> leaders = groups.groups().get(i / voxels % classes).leaders();
                PlainGss.Ballot expected = PlainGss.vote(rule, leaders, here, pv, qv);
                assertThat(decision[i]).isEqualTo((byte) expected.decision().code());
                assertThat(value[i]).isCloseTo(expected.vote(), within(1e-15));
                seen.merge(expected.decision(), 1, Integer::sum);
            }
            return value.length;
        }
    }

    private static ClassGroups groups(Random random, int modalities, int classes) {
        List<ClassGroup> groups = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            List<Integer> all = new ArrayList<>(IntStream.range(0, modalities).boxed().toList());
            Collections.shuffle(all, random);
            groups.add(new ClassGroup("c" + c, all.subList(0, 1 + random.nextInt(modalities))));
        }
        return new ClassGroups(
                IntStream.range(0, modalities).mapToObj(m -> "m" + m).toList(), groups);
    }

    private static boolean[][] present(Random random, int modalities) {
        boolean[][] present = new boolean[BATCH][modalities];
        for (int b = 1; b < BATCH; b++) {
            for (int m = 0; m < modalities; m++) {
                present[b][m] = random.nextBoolean(); // sample 0 has nothing at all
            }
        }
        return present;
    }

    private NDArray matrix(boolean[][] present) {
        float[] flat = new float[BATCH * present[0].length];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = present[i / present[0].length][i % present[0].length] ? 1 : 0;
        }
        return manager.create(flat, new Shape(BATCH, present[0].length));
    }

    private NDList branches(double[][] values, Shape shape) {
        NDList branches = new NDList();
        for (double[] branch : values) {
            branches.add(manager.create(branch).reshape(shape));
        }
        return branches;
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
                .hasMessage("value 0: expected shape (1, 4, 2), got (1, 4, 3)");
        assertThatThrownBy(() -> rule.vote(four, new NDList(), groups, null))
                .hasMessageStartingWith("value: expected one array for each of the 4 modalities ")
                .hasMessageEndingWith(", got 0");
        NDArray present = manager.zeros(new Shape(4, 1));
        assertThatThrownBy(() -> rule.vote(four, four, groups, present))
                .hasMessage("present: expected shape (1, 4), got (4, 1)");
    }
}
