/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import io.github.gssloss.core.GssConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One voxel and the rules it is voted on with.
 *
 * @param config the groups, thresholds, penalty and temperature
 * @param logits for each modality of the groups one finite logit a class; zeros where it is absent
 *     and none were given
 * @param present for each modality whether it is there
 * @param label the label of the voxel; empty: not known
 */
public record VoteSettings(
        GssConfig config,
        List<List<Double>> logits,
        List<Boolean> present,
        Optional<VoxelLabel> label) {

    private static final List<SettingKey> KEYS = List.copyOf(SettingKey.of(VoteKeys.class));

    /**
     * Keeps copies of the lists.
     *
     * @param config the groups, thresholds, penalty and temperature
     * @param logits for each modality of the groups one finite logit a class; zeros where it is
     *     absent and none were given
     * @param present for each modality whether it is there
     * @param label the label of the voxel; empty: not known
     */
    public VoteSettings {
        logits = logits.stream().map(List::copyOf).toList();
        present = List.copyOf(present);
    }

    /**
     * Returns the keys of a voxel's file beside its logits.
     *
     * @return the keys in the order of their declaration
     */
    public static List<SettingKey> keys() {
        return KEYS;
    }

    /**
     * Reads a voxel: a file, over it single values. The keys are {@code modalities}, {@code groups}
     * ({@code BG: flair; ED: flair, t2}), {@code absent}, {@code preset}, {@code temperature},
     * {@code leaderThreshold}, {@code memberThreshold}, {@code penalty}, {@code label}, {@code
     * shares} (with a label only), and {@code logits} with a key for each modality. Without groups
     * it is BraTS 2020 with four classes.
     *
     * @param file a YAML file; empty: none
     * @param values further values by dotted key, for example {@code logits.flair}; lists have
     *     commas
     * @return the voxel
     * @throws io.github.gssloss.files.UserInputException if the file cannot be read, a key is
     *     unknown or a value does not fit; the message names the key and its line
     */
    public static VoteSettings read(Optional<Path> file, Map<String, String> values) {
        return new VoteReader(file, values).read();
    }
}
