/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.explain;

import io.github.gssloss.core.ClassGroup;
import io.github.gssloss.core.Decision;
import io.github.gssloss.core.GssConfig;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why the vote of one class came out as it did. */
final class ClassAccount {

    private final VoxelVote voxel;
    private final int index;
    private final ClassGroup group;
    private final GssConfig config;
    private final List<Integer> leaders;
    private final List<Integer> allMembers;
    private final List<Integer> members;

    ClassAccount(VoxelVote voxel, int index) {
        this.voxel = voxel;
        this.index = index;
        group = voxel.config().groups().groups().get(index);
        config = voxel.config();
        leaders = here(group.leaders());
        allMembers = group.members(voxel.present().size());
        members = here(allMembers);
    }

    private List<Integer> here(List<Integer> some) {
        return some.stream().filter(voxel.present()::get).toList();
    }

    /** Who leads and who does not, then the rule with its reason and its sum. */
    List<String> lines() {
        Decision decision = voxel.decisions().get(index);
        String vote = Numbers.text(voxel.votes().get(index));
        return List.of(
                group.className() + ": " + seats(),
                "  %s: %s: %s".formatted(reason(decision), decision, sum(decision, " = " + vote)));
    }

    private String seats() {
        String others = allMembers.isEmpty() ? "no members" : seats("member", allMembers);
        return seats("leader", group.leaders()) + "; " + others;
    }

    private String seats(String role, List<Integer> some) {
        return counted(role, some)
                + " "
                + join(
                        some,
                        m -> voxel.present().get(m) ? name(m) + " " + p(m) : name(m) + " absent");
    }

    private String reason(Decision decision) {
        return switch (decision) {
            case NO_MODALITY -> "no modality is there";
            case ALL_LEADERS -> are("leader", leaders, config.leaderThreshold());
            case SOME_LEADERS -> someLeaders();
            case MEMBERS ->
                    noLeader() + ", but " + are("member", members, config.memberThreshold());
            case MINIMUM -> noLeader() + ", and " + notAllMembers();
        };
    }

    /** The vote's arithmetic on the tempered probabilities. */
    private String sum(Decision decision, String vote) {
        return switch (decision) {
            case NO_MODALITY -> "the vote is 0";
            case ALL_LEADERS -> reduced("max", leaders) + vote;
            case SOME_LEADERS -> {
                DoubleSummaryStatistics ends =
                        leaders.stream().mapToDouble(this::q).summaryStatistics();
                String high = Numbers.text(ends.getMax());
                String low = Numbers.text(ends.getMin());
                String penalty = Numbers.setting(config.penalty());
                yield "%s - %s * (%s - %s)%s".formatted(high, penalty, high, low, vote);
            }
            case MEMBERS -> reduced("mean", members) + vote;
            case MINIMUM ->
                    reduced("min", Stream.concat(leaders.stream(), members.stream()).toList())
                            + vote;
        };
    }

    private String reduced(String how, List<Integer> some) {
        return how + "(" + join(some, m -> name(m) + " " + Numbers.text(q(m))) + ")";
    }

    private String someLeaders() {
        Map<Boolean, List<Integer>> sure =
                leaders.stream()
                        .collect(
                                Collectors.partitioningBy(
                                        m -> confidence(m) > config.leaderThreshold()));
        List<Integer> below = sure.get(false);
        return "%s but %s %s not"
                .formatted(
                        are("leader", sure.get(true), config.leaderThreshold()),
                        values(below),
                        below.size() == 1 ? "is" : "are");
    }

    private String noLeader() {
        return leaders.isEmpty()
                ? "no leader is there"
                : areNot("leader", leaders, config.leaderThreshold());
    }

    private String notAllMembers() {
        if (members.isEmpty()) {
            return allMembers.isEmpty() ? "the class has no members" : "no member is there";
        }
        List<Integer> unsure =
                members.stream().filter(m -> !(confidence(m) > config.memberThreshold())).toList();
        return areNot("member", unsure, config.memberThreshold());
    }

    private String are(String role, List<Integer> some, double threshold) {
        return confident(role, some, "", threshold);
    }

    private String areNot(String role, List<Integer> some, double threshold) {
        return confident(role, some, some.size() == 1 ? " is not" : " are not", threshold);
    }

    private String confident(String role, List<Integer> some, String verb, double threshold) {
        return "%s %s%s > %s"
                .formatted(counted(role, some), values(some), verb, Numbers.setting(threshold));
    }

    private String values(List<Integer> some) {
        return join(some, m -> name(m) + " " + p(m));
    }

    private static String counted(String role, List<Integer> some) {
        return some.size() == 1 ? role : role + "s";
    }

    private static String join(List<Integer> some, Function<Integer, String> text) {
        return some.stream().map(text).collect(Collectors.joining(", "));
    }

    private String name(int modality) {
        return voxel.config().groups().modalities().get(modality);
    }

    private String p(int modality) {
        boolean leads = group.leaders().contains(modality);
        double threshold = leads ? config.leaderThreshold() : config.memberThreshold();
        return Numbers.besides(confidence(modality), threshold);
    }

    private double confidence(int modality) {
        return voxel.confidence().get(modality).get(index);
    }

    private double q(int modality) {
        return voxel.value().get(modality).get(index);
    }
}
