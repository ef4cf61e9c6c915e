/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How a voxel counts by its label: the trust in its target, and the balance of its class. */
final class LabelAccount {

    private final VoxelVote voxel;
    private final LabelTrust trust;
    private final int label;
    private final List<Double> shares;
    private final List<String> classes;

    LabelAccount(VoxelVote voxel, LabelTrust trust) {
        this.voxel = voxel;
        this.trust = trust;
        label = trust.label().index();
        shares = trust.label().shares();
        classes = voxel.config().groups().classNames();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Trust in the target, by the label " + classes.get(label) + ":");
        lines.add("  " + trust());
        if (!shares.isEmpty()) {
            lines.add("");
            lines.add("Balance of the classes, by their shares in the sample's labels:");
            lines.add("  " + balance());
        }
        return lines;
    }

    private String trust() {
        if (!voxel.decided()) {
            return "LABEL %s; LABEL_WEIGHT %s: the voxel is undecided"
                    .formatted(Numbers.setting(trust.asGate()), Numbers.setting(trust.asWeight()));
        }
        double largest = Collections.max(voxel.target());
        double ofLabel = voxel.target().get(label);
        List<String> texts = Numbers.apart(ofLabel, largest);
        List<String> highest =
                IntStream.range(0, classes.size())
                        .filter(c -> voxel.target().get(c) == largest)
                        .mapToObj(classes::get)
                        .toList();
        String tie = highest.size() > 1 ? "a tie of " : "";
        return "its target is %s, the largest is %s (%s%s): LABEL %s; LABEL_WEIGHT %s / %s = %s"
                .formatted(
                        texts.get(0),
                        texts.get(1),
                        tie,
                        String.join(", ", highest),
                        Numbers.setting(trust.asGate()),
                        texts.get(0),
                        texts.get(1),
                        Numbers.text(trust.asWeight()));
    }

    private String balance() {
        double mean = shares.stream().mapToDouble(share -> share * (1 - share)).sum();
        if (mean <= 0) {
            return "the sample has one class: 1";
        }
        double weight = 1 - shares.get(label);
        String sum =
                shares.stream()
                        .filter(share -> share > 0)
                        .map(share -> Numbers.text(share) + " * " + Numbers.text(1 - share))
                        .collect(Collectors.joining(" + "));
        return "w = 1 - %s = %s; its mean over the sample is %s = %s; %s / %s = %s"
                .formatted(
                        Numbers.text(shares.get(label)),
                        Numbers.text(weight),
                        sum,
                        Numbers.text(mean),
                        Numbers.text(weight),
                        Numbers.text(mean),
                        Numbers.text(weight / mean));
    }
}
