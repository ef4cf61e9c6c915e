/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.core.Balance;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.Decision;
import io.github.gssloss.core.DistillationInput;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.program.config.VoteSettings;
import io.github.gssloss.program.config.VoxelLabel;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;

/**
 * The situations of the method's rules, one voxel each: two classes, untempered, so that p and q of
 * the first class are the numbers given.
 */
class VoxelVoteTest {

    private static final String ONE_LEADER = "c: L; rest: L";
    private static final String TWO_LEADERS = "c: L0, L1; rest: L0";

    @Test
    void oneLeader() {
        said(one(0.9, 0.2, 0.2, 0.2), Decision.ALL_LEADERS, 0.9)
                .contains("  leader L 0.9000 > 0.75: ALL_LEADERS: max(L 0.9000) = 0.9000");
        said(one(0.5, 0.87, 0.88, 0.95), Decision.MEMBERS, 0.9)
                .contains(
                        "  leader L 0.5000 is not > 0.75, but members M0 0.8700, M1 0.8800, M2"
                                + " 0.9500 > 0.85: MEMBERS: mean(M0 0.8700, M1 0.8800, M2 0.9500)"
                                + " = 0.9000");
        said(one(0.5, 0.3, 0.4, 0.9), Decision.MINIMUM, 0.3)
                .contains(
                        "  leader L 0.5000 is not > 0.75, and members M0 0.3000, M1 0.4000 are not"
                                + " > 0.85: MINIMUM: min(L 0.5000, M0 0.3000, M1 0.4000, M2"
                                + " 0.9000) = 0.3000");
    }

    @Test
    void twoLeaders() {
        said(two(0.9, 0.8, 0.1, 0.1), Decision.ALL_LEADERS, 0.9)
                .contains(
                        "  leaders L0 0.9000, L1 0.8000 > 0.75: ALL_LEADERS: max(L0 0.9000, L1"
                                + " 0.8000) = 0.9000");
        said(two(0.9, 0.3, 0.1, 0.1), Decision.SOME_LEADERS, 0.72)
                .contains(
                        "  leader L0 0.9000 > 0.75 but L1 0.3000 is not: SOME_LEADERS: 0.9000 - 0.3"
                                + " * (0.9000 - 0.3000) = 0.7200");
        said(two(0.5, 0.4, 0.9, 0.95), Decision.MEMBERS, 0.925);
        said(two(0.5, 0.4, 0.2, 0.9), Decision.MINIMUM, 0.2)
                .contains(
                        "  leaders L0 0.5000, L1 0.4000 are not > 0.75, and member M0 0.2000 is not"
                                + " > 0.85: MINIMUM: min(L0 0.5000, L1 0.4000, M0 0.2000, M1"
                                + " 0.9000) = 0.2000");
    }

    @Test
    void absentModalities() {
        said(two(Double.NaN, 0.8, 0.1, 0.1), Decision.ALL_LEADERS, 0.8)
                .contains("c: leaders L0 absent, L1 0.8000; members M0 0.1000, M1 0.1000")
                .contains("  leader L1 0.8000 > 0.75: ALL_LEADERS: max(L1 0.8000) = 0.8000");
        said(two(Double.NaN, Double.NaN, 0.9, Double.NaN), Decision.MEMBERS, 0.9)
                .contains(
                        "  no leader is there, but member M0 0.9000 > 0.85: MEMBERS: mean(M0"
                                + " 0.9000) = 0.9000");
        said(one(0.5, Double.NaN, Double.NaN, Double.NaN), Decision.MINIMUM, 0.5)
                .contains(
                        "  leader L 0.5000 is not > 0.75, and no member is there: MINIMUM: min(L"
                                + " 0.5000) = 0.5000");
        said(vote("c: L; rest: L", List.of("L"), 0.5), Decision.MINIMUM, 0.5)
                .contains(
                        "  leader L 0.5000 is not > 0.75, and the class has no members: MINIMUM:"
                                + " min(L 0.5000) = 0.5000");
    }

    @Test
    void nobodyIsThere() {
        VoxelVote vote = one(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

        assertThat(vote.decided()).isFalse();
        said(vote, Decision.NO_MODALITY, 0)
                .contains("  no modality is there: NO_MODALITY: the vote is 0")
                .endsWith(
                        "The votes sum to no more than 1.0E-12: the voxel is undecided and left"
                                + " out of the distillation.")
                .noneMatch(line -> line.startsWith("target"));
    }

    @Test
    void theTargetIsTheVotesOverTheirSum() {
        VoxelVote vote = two(0.9, 0.3, 0.1, 0.1);

        // The first leader leads the other class too, and is not sure of it.
        assertThat(vote.decisions().get(1)).isEqualTo(Decision.MINIMUM);
        assertThat(vote.votes().get(1)).isEqualTo(0.1, within(1e-12));
        assertThat(vote.target().get(0)).isEqualTo(0.72 / 0.82, within(1e-12));
        assertThat(vote.target().get(1)).isEqualTo(0.1 / 0.82, within(1e-12));
        assertThat(vote.decided()).isTrue();
    }

    /** The votes are 0.72 and 0.1, as above: 0.72 / 0.82 = 0.8780, 0.1 / 0.82 = 0.1220. */
    @Test
    void trustByTheLabel() {
        assertThat(labelled(0, List.of(), 0.9, 0.3, 0.1, 0.1).lines())
                .endsWith(
                        "Trust in the target, by the label c:",
                        "  its target is 0.8780, the largest is 0.8780 (c): LABEL 1; LABEL_WEIGHT"
                                + " 0.8780 / 0.8780 = 1.0000");
        // 0.1 / 0.72 = 0.1389
        assertThat(labelled(1, List.of(), 0.9, 0.3, 0.1, 0.1).lines())
                .endsWith(
                        "Trust in the target, by the label rest:",
                        "  its target is 0.1220, the largest is 0.8780 (c): LABEL 0; LABEL_WEIGHT"
                                + " 0.1220 / 0.8780 = 0.1389");
    }

    /** No class has a confident branch, and the least of both is 0.5. */
    @Test
    void aTieIsTrusted() {
        for (int label = 0; label < 2; label++) {
            assertThat(labelled(label, List.of(), 0.5, 0.5, 0.5, 0.5).lines())
                    .endsWith(
                            "  its target is 0.5000, the largest is 0.5000 (a tie of c, rest):"
                                    + " LABEL 1; LABEL_WEIGHT 0.5000 / 0.5000 = 1.0000");
        }
    }

    @Test
    void anUndecidedVoxelIsNotTrusted() {
        double[] absent = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
        assertThat(labelled(0, List.of(), absent).lines())
                .endsWith("  LABEL 0; LABEL_WEIGHT 0: the voxel is undecided");
    }

    /**
     * A sample of four voxels, one of them labelled c: 1 - 0.25 = 0.75, the mean is 0.25 * 0.75 +
     * 0.75 * 0.25 = 0.375, the quotient 2.
     */
    @Test
    void balanceByTheShares() {
        assertThat(labelled(0, List.of(0.25, 0.75), 0.9, 0.3, 0.1, 0.1).lines())
                .endsWith(
                        "Balance of the classes, by their shares in the sample's labels:",
                        "  w = 1 - 0.2500 = 0.7500; its mean over the sample is 0.2500 * 0.7500 +"
                                + " 0.7500 * 0.2500 = 0.3750; 0.7500 / 0.3750 = 2.0000");
        assertThat(balanceOfTheLibrary()).isEqualTo(2, within(1e-12));
        assertThat(labelled(0, List.of(1.0, 0.0), 0.9, 0.3, 0.1, 0.1).lines())
                .endsWith("  the sample has one class: 1");
    }

    /** How much more the voxel labelled c pulls with balance, in gss-core. */
    private static double balanceOfTheLibrary() {
        try (NDManager manager = NDManager.newBaseManager()) {
            double[] logits = {2, 0, 0.5, 1, 0, 1, -0.5, 3};
            NDArray z = manager.create(logits, new Shape(1, 2, 4));
            int[] labels = {0, 1, 1, 1};
            DistillationInput input =
                    DistillationInput.builder()
                            .setBranchLogits(new NDList(z, z.neg()))
                            .optLabels(manager.create(labels, new Shape(1, 4)))
                            .build();
            GssConfig voxel =
                    GssConfig.builder()
                            .optGroups(ClassGroups.parse(List.of("L", "M"), "c: L; rest: L"))
                            .optMaskRate(0)
                            .build();
            GssConfig balanced = voxel.toBuilder().optBalance(Balance.CLASS).build();
            return gradient(balanced, input) / gradient(voxel, input);
        }
    }

    private static double gradient(GssConfig config, DistillationInput input) {
        return new GroupDistillation(config).evaluate(input).gradients().get(0).getDouble(0, 0, 0);
    }

    @Test
    void aNumberNextToItsThresholdShowsItsSide() {
        assertThat(Numbers.besides(0.750001, 0.75)).isEqualTo("0.750001");
        assertThat(Numbers.besides(0.74999, 0.75)).isEqualTo("0.74999");
        assertThat(Numbers.besides(0.75, 0.75)).isEqualTo("0.7500");
        assertThat(Numbers.besides(0.8, 0.75)).isEqualTo("0.8000");
        assertThat(Numbers.besides(Math.nextUp(0.75), 0.75)).isEqualTo("0.7500000000000001");
        assertThat(Numbers.text(0.00012345)).isEqualTo("1.235e-04");
    }

    @Test
    void numbersThatDifferLookDifferent() {
        assertThat(Numbers.apart(0.25, 0.75)).containsExactly("0.2500", "0.7500");
        assertThat(Numbers.apart(0.25, 0.25)).containsExactly("0.2500", "0.2500");
        assertThat(Numbers.apart(0.250001, 0.250002)).containsExactly("0.250001", "0.250002");
        assertThat(Numbers.apart(0.75, Math.nextUp(0.75)))
                .containsExactly("0.7500000000000000", "0.7500000000000001");
    }

    private static ListAssert<String> said(VoxelVote vote, Decision decision, double value) {
        assertThat(vote.decisions().get(0)).isEqualTo(decision);
        assertThat(vote.votes().get(0)).isEqualTo(value, within(1e-12));
        return assertThat(vote.lines());
    }

    private static VoxelVote one(double... p) {
        return vote(ONE_LEADER, List.of("L", "M0", "M1", "M2"), p);
    }

    private static VoxelVote two(double... p) {
        return vote(TWO_LEADERS, List.of("L0", "L1", "M0", "M1"), p);
    }

    private static VoxelVote labelled(int label, List<Double> shares, double... p) {
        List<String> modalities = List.of("L0", "L1", "M0", "M1");
        return vote(TWO_LEADERS, modalities, Optional.of(new VoxelLabel(label, shares)), p);
    }

    private static VoxelVote vote(String groups, List<String> modalities, double... p) {
        return vote(groups, modalities, Optional.empty(), p);
    }

    /** NaN stands for a modality that is absent. */
    private static VoxelVote vote(
            String groups, List<String> modalities, Optional<VoxelLabel> label, double... p) {
        GssConfig config =
                GssConfig.builder()
                        .optGroups(ClassGroups.parse(modalities, groups))
                        .optLeaderThreshold(0.75)
                        .optMemberThreshold(0.85)
                        .optPenalty(0.3)
                        .optTemperature(1)
                        .build();
        List<List<Double>> logits =
                DoubleStream.of(p)
                        .mapToObj(
                                x ->
                                        Double.isNaN(x)
                                                ? Collections.nCopies(2, 0.0)
                                                : List.of(Math.log(x), Math.log1p(-x)))
                        .toList();
        List<Boolean> present = DoubleStream.of(p).mapToObj(x -> !Double.isNaN(x)).toList();
        return VoxelVote.of(new VoteSettings(config, logits, present, label));
    }
}
