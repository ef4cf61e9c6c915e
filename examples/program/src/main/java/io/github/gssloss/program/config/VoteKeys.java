/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import java.util.List;
import java.util.Optional;

/**
 * What may be given of a vote beside the logits.
 *
 * @param modalities names of the modalities
 * @param groups the leaders of each class; empty: BraTS 2020 with four classes
 * @param absent modalities that are missing
 * @param preset the values to start from
 * @param temperature temperature of the soft targets, from 0.001 to 1000
 * @param leaderThreshold confidence a leader needs, 0 to 1
 * @param memberThreshold confidence a member needs, 0 to 1
 * @param penalty reduction of the vote where only some leaders are confident, 0 to 1
 * @param label class that the voxel is labelled with
 * @param shares share of each class in the labels of the voxel's sample
 */
record VoteKeys(
        List<String> modalities,
        Optional<String> groups,
        List<String> absent,
        Preset preset,
        Optional<Double> temperature,
        Optional<Double> leaderThreshold,
        Optional<Double> memberThreshold,
        Optional<Double> penalty,
        Optional<String> label,
        List<Double> shares) {

    /** The presets whose votes the program can explain. */
    enum Preset {
        PAPER,
        PAPER_ABLATION
    }
}
