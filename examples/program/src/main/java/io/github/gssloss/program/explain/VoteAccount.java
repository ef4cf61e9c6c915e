/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.explain;

import io.github.gssloss.core.ClassGroup;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.program.tables.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

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
                                Numbers.setting(config.leaderThreshold()),
                                Numbers.setting(config.memberThreshold()),
                                Numbers.setting(config.penalty())));
        for (int c = 0; c < classes.size(); c++) {
            lines.addAll(new ClassAccount(voxel, c).lines());
        }
        lines.add("");
        lines.addAll(target());
        voxel.trust().ifPresent(trust -> lines.addAll(new LabelAccount(voxel, trust).lines()));
        return lines;
    }

    private List<String> probabilities(List<List<Double>> values) {
        Table table = new Table(1, "", classes);
        for (int m = 0; m < values.size(); m++) {
            boolean here = voxel.present().get(m);
            Function<Double, String> text = value -> here ? Numbers.text(value) : "absent";
            String name = voxel.config().groups().modalities().get(m);
            table.add(name, values.get(m).stream().map(text).toList());
        }
        return table.lines();
    }

    private List<String> target() {
        Table table = new Table(1, "", classes, "sum");
        add(table, "vote", voxel.votes());
        if (voxel.decided()) {
            add(table, "target", voxel.target());
            return table.lines();
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add(
                "The votes sum to no more than "
                        + GroupDistillation.UNDECIDED_BELOW
                        + ": the voxel is undecided and left out of the distillation.");
        return lines;
    }

    private static void add(Table table, String name, List<Double> values) {
        double sum = values.stream().mapToDouble(value -> value).sum();
        table.add(name, values.stream().map(Numbers::text).toList(), Numbers.text(sum));
    }
}
