/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import io.github.gssloss.core.Divergence;
import io.github.gssloss.core.PaperTeacher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;

/**
 * The loss: a preset and what differs from it. A value that is left out is the preset's.
 *
 * @param preset the values of the paper to start from
 * @param alpha weight of the task losses, at least 0
 * @param beta weight of the distillation, at least 0
 * @param temperature softmax temperature of the soft targets, above 0
 * @param leaderThreshold confidence a leader needs, 0 to 1
 * @param memberThreshold confidence a member needs, 0 to 1, not below the leaders'
 * @param penalty reduction of the vote where only some leaders are confident, 0 to 1
 * @param maskRate share of voxels left out of the distillation, 0 to below 1
 * @param divergence order of the divergence
 * @param normalise whether the votes of a voxel are divided by their sum
 * @param teacher where the soft targets come from
 * @param groups the leaders of each class: {@code BG: flair; ED: flair, t2}, every class once
 * @param fusedFrom the first epoch, counted from 0, in which the fused output's task loss counts
 * @param ramp what the distillation starts from
 */
public record LossSettings(
        @Setting(fallback = "paper", help = "Values to start from; none: no distillation")
                LossPreset preset,
        @Setting(help = "Weight of the task losses") Optional<Double> alpha,
        @Setting(help = "Weight of the distillation") Optional<Double> beta,
        @Setting(help = "Temperature of the soft targets") Optional<Double> temperature,
        @Setting(help = "Confidence a leader needs, 0 to 1") Optional<Double> leaderThreshold,
        @Setting(help = "Confidence a member needs, 0 to 1") Optional<Double> memberThreshold,
        @Setting(help = "Penalty where only some leaders are confident, 0 to 1")
                Optional<Double> penalty,
        @Setting(help = "Share of voxels the distillation leaves out, 0 to below 1")
                Optional<Double> maskRate,
        @Setting(help = "Order of the divergence") Optional<Divergence> divergence,
        @Setting(help = "Divide the votes of a voxel by their sum") Optional<Boolean> normalise,
        @Setting(help = "Where the soft targets come from") Optional<PaperTeacher> teacher,
        @Setting(
                        help =
                                "Leaders of every class: 'BG: flair; NCR/NET: t1ce; ED: flair, t2;"
                                        + " ET: t1ce'")
                Optional<String> groups,
        @Setting(
                        fallback = "0",
                        help = "First epoch of the fused task loss; RFNet's own recipe has 20")
                int fusedFrom,
        RampSettings ramp) {

    /**
     * Checks every value.
     *
     * @param preset the values of the paper to start from
     * @param alpha weight of the task losses, at least 0
     * @param beta weight of the distillation, at least 0
     * @param temperature softmax temperature of the soft targets, above 0
     * @param leaderThreshold confidence a leader needs, 0 to 1
     * @param memberThreshold confidence a member needs, 0 to 1, not below the leaders'
     * @param penalty reduction of the vote where only some leaders are confident, 0 to 1
     * @param maskRate share of voxels left out of the distillation, 0 to below 1
     * @param divergence order of the divergence
     * @param normalise whether the votes of a voxel are divided by their sum
     * @param teacher where the soft targets come from
     * @param groups the leaders of each class
     * @param fusedFrom the first epoch, counted from 0, in which the fused output's task loss
     *     counts
     * @param ramp what the distillation starts from
     * @throws IllegalArgumentException if a value is outside its range; the message names it
     */
    public LossSettings {
        alpha.ifPresent(value -> Check.atLeast("alpha", value, 0));
        beta.ifPresent(value -> Check.atLeast("beta", value, 0));
        temperature.ifPresent(value -> Check.above("temperature", value, 0));
        leaderThreshold.ifPresent(value -> Check.share("leaderThreshold", value));
        memberThreshold.ifPresent(value -> Check.share("memberThreshold", value));
        penalty.ifPresent(value -> Check.share("penalty", value));
        maskRate.ifPresent(value -> Check.shareBelowOne("maskRate", value));
        Check.atLeast("fusedFrom", fusedFrom, 0);
        if (leaderThreshold.isPresent() && memberThreshold.isPresent()) {
            Check.that(
                    leaderThreshold.get() <= memberThreshold.get(),
                    "memberThreshold",
                    "at least the leaderThreshold " + leaderThreshold.get(),
                    memberThreshold.get());
        }
        if (preset == LossPreset.NONE) {
            Map<String, Optional<?>> overrides = new LinkedHashMap<>();
            overrides.put("alpha", alpha);
            overrides.put("beta", beta);
            overrides.put("temperature", temperature);
            overrides.put("leaderThreshold", leaderThreshold);
            overrides.put("memberThreshold", memberThreshold);
            overrides.put("penalty", penalty);
            overrides.put("maskRate", maskRate);
            overrides.put("divergence", divergence);
            overrides.put("normalise", normalise);
            overrides.put("teacher", teacher);
            overrides.put("groups", groups);
            overrides.put("ramp.epochs", Optional.of(ramp.epochs()).filter(epochs -> epochs > 0));
            overrides.forEach(LossSettings::checkLeftOut);
        }
    }

    /**
     * Returns the loss in words.
     *
     * @return the preset and what differs from it, for example {@code paper, beta: 0.5}
     */
    public String words() {
        Map<String, Object> given = Yaml.MAPPER.convertValue(this, new TypeReference<>() {});
        given.values().removeAll(List.of(0, Map.of("epochs", 0)));
        String words = given.toString().replace("=", ": ");
        return words.substring("{preset: ".length(), words.length() - 1);
    }

    /** A value that would change nothing is a mistake, most likely in the preset. */
    private static void checkLeftOut(String name, Optional<?> value) {
        Check.that(
                value.isEmpty(),
                name,
                "nothing where the preset is none (no distillation)",
                value.orElse(null));
    }
}
