/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import io.github.gssloss.core.ClassGroup;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.GssConfigBuilder;
import io.github.gssloss.files.UserInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts a {@link VoteSettings} together; whatever does not fit is reported with key and line. */
final class VoteReader {

    private static final String LOGITS = "logits";
    private static final String OF_MODALITY = LOGITS + ".";
    private static final String LABEL = "label";
    private static final String SHARES = "shares";

    /** How far the sum of the shares may be from 1. */
    private static final double TOLERANCE = 1e-6;

    private final List<String> known = new ArrayList<>(List.of(LOGITS));
    private final SettingsReader<VoteKeys> reader = new SettingsReader<>(VoteKeys.class, "");
    private final Map<String, Given> logits = new LinkedHashMap<>();

    VoteReader(Optional<Path> file, Map<String, String> values) {
        VoteSettings.keys().forEach(key -> known.add(key.name()));
        file.ifPresent(path -> Yaml.read(path).forEach(this::put));
        values.forEach((key, value) -> put(key, Given.text(value)));
    }

    private void put(String key, Given value) {
        String first = key.replaceFirst("[.].*", "");
        if (!known.contains(key.startsWith(OF_MODALITY) ? LOGITS : key)) {
            throw new UserInputException(value.source() + Spelling.unknown(key, first, known));
        }
        if (LOGITS.equals(key)) {
            throw value.wrong(key, "a key for each modality, such as logits.flair");
        }
        if (key.startsWith(OF_MODALITY)) {
            logits.put(key.substring(OF_MODALITY.length()), value);
        } else {
            reader.put(key, value);
        }
    }

    VoteSettings read() {
        VoteKeys keys = reader.read();
        ClassGroups groups = groups(keys);
        List<String> modalities = groups.modalities();
        logits.forEach(
                (name, value) -> check(value.source() + OF_MODALITY + name, name, modalities));
        keys.absent().forEach(name -> check(reader.source("absent") + "absent", name, modalities));
        List<Boolean> present =
                modalities.stream().map(name -> !keys.absent().contains(name)).toList();
        List<List<Double>> numbers =
                modalities.stream()
                        .map(name -> numbers(name, !keys.absent().contains(name), groups))
                        .toList();
        return new VoteSettings(
                config(keys, groups), numbers, present, label(keys, groups.classNames()));
    }

    private Optional<VoxelLabel> label(VoteKeys keys, List<String> classes) {
        if (keys.label().isEmpty()) {
            if (!keys.shares().isEmpty()) {
                throw wrong(SHARES, "a label with them", "none");
            }
            return Optional.empty();
        }
        String name = keys.label().get();
        int index = classes.indexOf(name);
        if (index < 0) {
            String all = String.join(", ", classes);
            throw wrong(LABEL, "one of the classes " + all, "'" + name + "'");
        }
        if (!keys.shares().isEmpty()) {
            checkShares(keys.shares(), classes, index);
        }
        return Optional.of(new VoxelLabel(index, keys.shares()));
    }

    private void checkShares(List<Double> shares, List<String> classes, int label) {
        double sum = shares.stream().mapToDouble(share -> share).sum();
        // NaN is none of it.
        if (shares.size() != classes.size()
                || !shares.stream().allMatch(share -> share >= 0)
                || !(Math.abs(sum - 1) <= TOLERANCE)) {
            String expected = "%d numbers of at least 0 with the sum 1 (%s)";
            throw wrong(
                    SHARES, expected.formatted(classes.size(), String.join(", ", classes)), shares);
        }
        if (shares.get(label) == 0) {
            String expected = "a share above 0 of the label %s";
            throw wrong(SHARES, expected.formatted(classes.get(label)), shares.get(label));
        }
    }

    private UserInputException wrong(String key, String expected, Object got) {
        return new UserInputException(
                "%s%s: expected %s, got %s".formatted(reader.source(key), key, expected, got));
    }

    private ClassGroups groups(VoteKeys keys) {
        if (keys.groups().isEmpty()) {
            if (!keys.modalities().equals(ClassGroups.brats2020().modalities())) {
                throw wrong("modalities", "groups with them", "none");
            }
            return ClassGroups.brats2020();
        }
        try {
            return ClassGroups.parse(keys.modalities(), keys.groups().get());
        } catch (IllegalArgumentException e) {
            throw new UserInputException(reader.source("groups") + "groups: " + e.getMessage(), e);
        }
    }

    private static void check(String key, String name, List<String> modalities) {
        if (!modalities.contains(name)) {
            throw new UserInputException(
                    "%s: expected one of the modalities %s, got '%s'"
                            .formatted(key, String.join(", ", modalities), name));
        }
    }

    private List<Double> numbers(String modality, boolean present, ClassGroups groups) {
        String key = OF_MODALITY + modality;
        List<String> classes = groups.groups().stream().map(ClassGroup::className).toList();
        String expected = classes.size() + " numbers (" + String.join(", ", classes) + ")";
        Given given = logits.get(modality);
        if (given == null && present) {
            throw new UserInputException(key + ": expected " + expected + ", got nothing");
        }
        if (given == null) {
            return Collections.nCopies(classes.size(), 0.0);
        }
        List<String> texts = given.items(key);
        if (texts.size() != classes.size()) {
            throw new UserInputException(
                    "%s%s: expected %s, got %d"
                            .formatted(given.source(), key, expected, texts.size()));
        }
        return texts.stream().map(text -> number(key, text, given)).toList();
    }

    private static double number(String key, String text, Given given) {
        double number;
        try {
            number = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            number = Double.NaN;
        }
        if (!Double.isFinite(number)) {
            throw given.wrong(key, "finite numbers");
        }
        return number;
    }

    private GssConfig config(VoteKeys keys, ClassGroups groups) {
        GssConfig preset =
                keys.preset() == VoteKeys.Preset.PAPER
                        ? GssConfig.paper()
                        : GssConfig.paperAblation();
        try {
            GssConfigBuilder builder = preset.toBuilder().optGroups(groups);
            keys.temperature().ifPresent(builder::optTemperature);
            keys.leaderThreshold().ifPresent(builder::optLeaderThreshold);
            keys.memberThreshold().ifPresent(builder::optMemberThreshold);
            keys.penalty().ifPresent(builder::optPenalty);
            return builder.build();
        } catch (IllegalArgumentException e) {
            String key = e.getMessage().replaceFirst(":.*", "");
            throw new UserInputException(reader.source(key) + e.getMessage(), e);
        }
    }
}
