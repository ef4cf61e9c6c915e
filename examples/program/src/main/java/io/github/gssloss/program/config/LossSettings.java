/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import io.github.gssloss.core.Balance;
import io.github.gssloss.core.Divergence;
import io.github.gssloss.core.Trust;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;

/**
 * The loss: a preset and what differs from it. A value that is left out is the preset's.
 *
 * @param preset the values to start from
 * @param alpha weight of the task losses, at least 0
 * @param beta weight of the distillation, at least 0
 * @param temperature softmax temperature of the soft targets, from 0.001 to 1000
 * @param leaderThreshold confidence a leader needs, 0 to 1
 * @param memberThreshold confidence a member needs, 0 to 1, not below the leaders'
 * @param penalty reduction of the vote where only some leaders are confident, 0 to 1
 * @param maskRate share of voxels left out of the distillation, 0 to below 1
 * @param divergence order of the divergence
 * @param normalise whether the votes of a voxel are divided by their sum
 * @param teacher where the soft targets come from
 * @param groups the leaders of each class: {@code BG: flair; ED: flair, t2}, every class once; or
 *     {@value #AUTO}
 * @param leaderEpochs with groups {@value #AUTO}: epochs without distillation before they are
 *     measured
 * @param trust how much of a voxel's soft target is believed, by its label
 * @param balance how the voxels share the distillation
 * @param readiness when a class is distilled; empty: always
 * @param branchWeight weight of the branches' task losses beside alpha, at least 0; 0: the branches
 *     have none
 * @param fusedFrom the first epoch, counted from 0, in which the fused output's task loss counts
 * @param ramp what the distillation starts from
 */
public record LossSettings(
        LossPreset preset,
        Optional<Double> alpha,
        Optional<Double> beta,
        Optional<Double> temperature,
        Optional<Double> leaderThreshold,
        Optional<Double> memberThreshold,
        Optional<Double> penalty,
        Optional<Double> maskRate,
        Optional<Divergence> divergence,
        Optional<Boolean> normalise,
        Optional<TeacherName> teacher,
        Optional<String> groups,
        Optional<Integer> leaderEpochs,
        Optional<Trust> trust,
        Optional<Balance> balance,
        Optional<ReadinessSettings> readiness,
        Optional<Double> branchWeight,
        int fusedFrom,
        RampSettings ramp) {

    /** The groups that are found from data. */
    public static final String AUTO = "auto";

    /**
     * Checks the thresholds against each other. The ranges are those of the table, which its reader
     * checks.
     *
     * @param preset the values to start from
     * @param alpha weight of the task losses, at least 0
     * @param beta weight of the distillation, at least 0
     * @param temperature softmax temperature of the soft targets, from 0.001 to 1000
     * @param leaderThreshold confidence a leader needs, 0 to 1
     * @param memberThreshold confidence a member needs, 0 to 1, not below the leaders'
     * @param penalty reduction of the vote where only some leaders are confident, 0 to 1
     * @param maskRate share of voxels left out of the distillation, 0 to below 1
     * @param divergence order of the divergence
     * @param normalise whether the votes of a voxel are divided by their sum
     * @param teacher where the soft targets come from
     * @param groups the leaders of each class, or {@value #AUTO}
     * @param leaderEpochs epochs before they are measured
     * @param trust how much of a voxel's soft target is believed, by its label
     * @param balance how the voxels share the distillation
     * @param readiness when a class is distilled; empty: always
     * @param branchWeight weight of the branches' task losses beside alpha, at least 0
     * @param fusedFrom the first epoch, counted from 0, in which the fused output's task loss
     *     counts
     * @param ramp what the distillation starts from
     * @throws IllegalArgumentException if the memberThreshold is below the leaderThreshold, or
     *     leaderEpochs stand beside groups that are given
     */
    public LossSettings {
        if (!groups.filter(AUTO::equals).isPresent()) {
            leaderEpochs.ifPresent(
                    n -> Check.that(false, "leaderEpochs", "nothing where groups are given", n));
        }
        if (leaderThreshold.isPresent() && memberThreshold.isPresent()) {
            Check.that(
                    leaderThreshold.get() <= memberThreshold.get(),
                    "memberThreshold",
                    "at least the leaderThreshold " + leaderThreshold.get(),
                    memberThreshold.get());
        }
    }

    /**
     * Returns whether the leaders are to be found from data.
     *
     * @return whether groups are {@value #AUTO}
     */
    public boolean findsLeaders() {
        return groups.filter(AUTO::equals).isPresent();
    }

    /**
     * Returns the loss in words.
     *
     * @return the preset and what differs from it, for example {@code paper, beta: 0.5}
     */
    public String words() {
        String words = given().toString().replace("=", ": ");
        return words.substring("{preset: ".length(), words.length() - 1);
    }

    /**
     * Refuses values that would change nothing since the preset is {@code none}: they are a
     * mistake, most likely in the preset. The failure names a value as a setting of the run.
     */
    void checkLeftOut() {
        if (preset != LossPreset.NONE) {
            return;
        }
        Map<String, Object> surplus = given();
        surplus.keySet().removeAll(List.of("preset", "branchWeight", "fusedFrom"));
        if (surplus.remove("ramp") != null) {
            surplus.put("ramp.epochs", ramp.epochs());
        }
        if (surplus.remove("readiness") != null) {
            surplus.put("readiness.bar", readiness.orElseThrow().bar());
        }
        String expected = "nothing where the preset is none (no distillation)";
        surplus.forEach((name, value) -> Check.that(false, "loss." + name, expected, value));
    }

    /** What is not left out, by name. */
    private Map<String, Object> given() {
        Map<String, Object> given = Yaml.MAPPER.convertValue(this, new TypeReference<>() {});
        given.values().removeAll(List.of(0, Map.of("epochs", 0)));
        return given;
    }
}
