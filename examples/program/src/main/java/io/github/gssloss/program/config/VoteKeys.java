/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import io.github.gssloss.core.GssConfig;
import java.util.List;
import java.util.Optional;

/**
 * What may be given of a vote beside the logits.
 *
 * @param modalities names of the modalities
 * @param groups the leaders of each class; empty: BraTS 2020 with four classes
 * @param absent modalities that are missing
 * @param preset the values to start from
 * @param temperature temperature of the soft targets, above 0
 * @param leaderThreshold confidence a leader needs, 0 to 1
 * @param memberThreshold confidence a member needs, 0 to 1
 * @param penalty reduction of the vote where only some leaders are confident, 0 to 1
 */
record VoteKeys(
        @Setting(
                        fallback = VoteKeys.USUAL,
                        expected = VoteKeys.NAMES,
                        help = "Modalities, with commas")
                List<String> modalities,
        @Setting(
                        otherwise = "BraTS 2020 with four classes",
                        help = "Leaders of each class: 'BG: flair; ED: flair, t2'")
                Optional<String> groups,
        @Setting(
                        fallback = "[]",
                        expected = VoteKeys.NAMES,
                        help = "Modalities that are missing, with commas; they need no logits")
                List<String> absent,
        @Setting(fallback = "paper", help = "Values to start from") Preset preset,
        @Setting(help = "Temperature of the soft targets") Optional<Double> temperature,
        @Setting(help = "Confidence a leader needs, 0 to 1") Optional<Double> leaderThreshold,
        @Setting(help = "Confidence a member needs, 0 to 1") Optional<Double> memberThreshold,
        @Setting(help = "Penalty where only some leaders are confident, 0 to 1")
                Optional<Double> penalty) {

    /** The modalities of BraTS, which the usual groups have. */
    static final String USUAL = "flair,t1ce,t1,t2";

    static final String NAMES = "names";

    VoteKeys {
        temperature.ifPresent(value -> Check.above("temperature", value, 0));
        leaderThreshold.ifPresent(value -> Check.share("leaderThreshold", value));
        memberThreshold.ifPresent(value -> Check.share("memberThreshold", value));
        penalty.ifPresent(value -> Check.share("penalty", value));
    }

    /** The presets whose votes the program can explain. */
    enum Preset {
        PAPER(GssConfig.paper()),
        PAPER_ABLATION(GssConfig.paperAblation());

        private final GssConfig config;

        Preset(GssConfig config) {
            this.config = config;
        }

        GssConfig config() {
            return config;
        }
    }
}
