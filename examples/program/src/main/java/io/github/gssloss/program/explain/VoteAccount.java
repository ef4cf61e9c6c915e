/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.explain;

import io.github.gssloss.core.ClassGroup;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.VotingRule;
import io.github.gssloss.program.tables.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The whole account of a voxel's vote. */
final class VoteAccount {

    private final VoxelVote voxel;
    private final List<String> classes;

    VoteAccount(VoxelVote voxel) {
        this.voxel = voxel;
        classes = voxel.config().groups().groups().stream().map(ClassGroup::className).toList();
    }

    List<String> lines() {
        GssConfig config = voxel.config();
        VotingRule rule = config.votingRule();
        List<String> lines = new ArrayList<>();
        lines.add("Plain probabilities p = softmax(z), which the thresholds look at:");
        lines.addAll(probabilities(voxel.confidence()));
        lines.add("");
        lines.add(
                "Tempered probabilities q = softmax(z / %s), which vote:"
                        .formatted(Numbers.setting(config.temperature())));
        lines.addAll(probabilities(voxel.value()));
        lines.add("");
        lines.add(
                "Votes (leaders need p > %s, members p > %s, the penalty is %s):"
                        .formatted(
                                Numbers.setting(rule.leaderThreshold()),
                                Numbers.setting(rule.memberThreshold()),
                                Numbers.setting(rule.penalty())));
        for (int c = 0; c < classes.size(); c++) {
            lines.addAll(new ClassAccount(voxel, c).lines());
        }
        lines.add("");
        lines.addAll(target());
        return lines;
    }

    private List<String> probabilities(List<List<Double>> values) {
        Table table = new Table(1, row("", classes, Function.identity()));
        for (int m = 0; m < values.size(); m++) {
            String name = voxel.config().groups().modalities().get(m);
            boolean here = voxel.present().get(m);
            table.add(row(name, values.get(m), value -> here ? Numbers.text(value) : "absent"));
        }
        return table.lines();
    }

    private List<String> target() {
        Table table = new Table(1, row("", classes, Function.identity(), "sum"));
        table.add(row("vote", voxel.votes(), Numbers::text, sum(voxel.votes())));
        List<String> lines = new ArrayList<>();
        if (voxel.decided()) {
            table.add(row("target", voxel.target(), Numbers::text, sum(voxel.target())));
            lines.addAll(table.lines());
        } else {
            lines.addAll(table.lines());
            lines.add(
                    "The votes sum to no more than "
                            + GroupDistillation.UNDECIDED_BELOW
                            + ": the voxel is undecided and teaches nobody.");
        }
        return lines;
    }

    private static String sum(List<Double> values) {
        return Numbers.text(values.stream().mapToDouble(value -> value).sum());
    }

    private static <T> List<String> row(
            String name, List<T> values, Function<T, String> text, String... more) {
        return Stream.of(Stream.of(name), values.stream().map(text), Stream.of(more))
                .flatMap(Function.identity())
                .toList();
    }
}
