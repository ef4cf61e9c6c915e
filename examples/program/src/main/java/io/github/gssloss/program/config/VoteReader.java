/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import io.github.gssloss.core.ClassGroup;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.VotingRule;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.program.config.YamlValues.Given;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Puts a {@link VoteSettings} together; whatever does not fit is told with its key and line. */
final class VoteReader {

    private static final String LOGITS = "logits.";
    private static final List<String> KEYS =
            List.of(
                    "modalities",
                    "groups",
                    "logits",
                    "absent",
                    "preset",
                    "temperature",
                    "leaderThreshold",
                    "memberThreshold",
                    "penalty");
    private static final List<LossPreset> PRESETS =
            List.of(LossPreset.PAPER, LossPreset.PAPER_ABLATION);

    private final Map<String, Given> given = new LinkedHashMap<>();

    VoteReader(Optional<Path> file, Map<String, String> values) {
        file.ifPresent(path -> YamlValues.read(path).forEach(this::put));
        values.forEach(
                (key, value) ->
                        put(
                                key,
                                new Given(
                                        SettingsYaml.MAPPER.getNodeFactory().stringNode(value),
                                        "")));
    }

    private void put(String key, Given value) {
        if (!key.startsWith(LOGITS) && !KEYS.contains(key)) {
            String hint =
                    Spelling.closest(key.replaceFirst("[.].*", ""), KEYS)
                            .map(meant -> ", did you mean '" + meant + "'?")
                            .orElse(" (known: " + String.join(", ", KEYS) + ")");
            throw new UserInputException(value.source() + "unknown key '" + key + "'" + hint);
        }
        if ("logits".equals(key)) {
            throw wrong(key, "a key for each modality, such as logits.flair", value);
        }
        given.put(key, value);
    }

    VoteSettings read() {
        ClassGroups groups = groups();
        List<String> modalities = groups.modalities();
        given.keySet().stream()
                .filter(key -> key.startsWith(LOGITS))
                .forEach(key -> modality(key, key.substring(LOGITS.length()), modalities));
        List<String> absent = find("absent").map(value -> texts("absent", value)).orElse(List.of());
        absent.forEach(name -> modality("absent", name, modalities));
        List<Boolean> present = modalities.stream().map(name -> !absent.contains(name)).toList();
        List<List<Double>> logits =
                modalities.stream()
                        .map(name -> logits(name, !absent.contains(name), groups))
                        .toList();
        return new VoteSettings(config(groups), logits, present);
    }

    private ClassGroups groups() {
        Optional<Given> names = find("modalities");
        Optional<Given> text = find("groups");
        if (text.isEmpty()) {
            names.ifPresent(
                    value -> {
                        throw new UserInputException(
                                value.source() + "modalities: expected groups with them, got none");
                    });
            return ClassGroups.brats2020();
        }
        List<String> modalities =
                names.map(value -> texts("modalities", value))
                        .orElseGet(
                                () -> Stream.of(Modality.values()).map(Modality::label).toList());
        try {
            return ClassGroups.parse(modalities, text("groups", text.get()));
        } catch (IllegalArgumentException e) {
            throw new UserInputException(text.get().source() + "groups: " + e.getMessage(), e);
        }
    }

    private void modality(String key, String name, List<String> modalities) {
        if (!modalities.contains(name)) {
            throw new UserInputException(
                    "%s%s: expected one of the modalities %s, got '%s'"
                            .formatted(
                                    given.get(key).source(),
                                    key,
                                    String.join(", ", modalities),
                                    name));
        }
    }

    private List<Double> logits(String modality, boolean present, ClassGroups groups) {
        String key = LOGITS + modality;
        List<String> classes = groups.groups().stream().map(ClassGroup::className).toList();
        String expected = classes.size() + " numbers (" + String.join(", ", classes) + ")";
        Optional<Given> found = find(key);
        if (found.isEmpty()) {
            if (present) {
                throw new UserInputException(key + ": expected " + expected + ", got nothing");
            }
            return Collections.nCopies(classes.size(), 0.0);
        }
        List<String> texts = texts(key, found.get());
        if (texts.size() != classes.size()) {
            throw new UserInputException(
                    "%s%s: expected %s, got %d"
                            .formatted(found.get().source(), key, expected, texts.size()));
        }
        return texts.stream().map(text -> number(key, text, found.get())).toList();
    }

    private GssConfig config(ClassGroups groups) {
        GssConfig preset = preset();
        VotingRule rule = preset.votingRule();
        double temperature = number("temperature", preset.temperature());
        double leaders = number("leaderThreshold", rule.leaderThreshold());
        double members = number("memberThreshold", rule.memberThreshold());
        double penalty = number("penalty", rule.penalty());
        try {
            return preset.toBuilder()
                    .optGroups(groups)
                    .optTemperature(temperature)
                    .optVotingRule(new VotingRule(leaders, members, penalty))
                    .build();
        } catch (IllegalArgumentException e) {
            String key = e.getMessage().replaceFirst(":.*", "");
            throw new UserInputException(
                    find(key).map(Given::source).orElse("") + e.getMessage(), e);
        }
    }

    private GssConfig preset() {
        Optional<Given> found = find("preset");
        if (found.isEmpty()) {
            return GssConfig.paper();
        }
        String name = text("preset", found.get());
        LossPreset preset =
                PRESETS.stream()
                        .filter(one -> SettingKey.settingName(one).equals(name))
                        .findFirst()
                        .orElseThrow(() -> wrong("preset", presets(), found.get()));
        return preset == LossPreset.PAPER ? GssConfig.paper() : GssConfig.paperAblation();
    }

    private static String presets() {
        return PRESETS.stream()
                .map(SettingKey::settingName)
                .collect(Collectors.joining(", ", "one of ", ""));
    }

    private Optional<Given> find(String key) {
        return Optional.ofNullable(given.get(key));
    }

    private double number(String key, double fallback) {
        return find(key).map(value -> number(key, text(key, value), value)).orElse(fallback);
    }

    private static double number(String key, String text, Given value) {
        double number;
        try {
            number = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            number = Double.NaN;
        }
        if (!Double.isFinite(number)) {
            throw wrong(key, key.startsWith(LOGITS) ? "finite numbers" : "a number", value);
        }
        return number;
    }

    /** A list of plain values, or a text with commas. */
    private static List<String> texts(String key, Given value) {
        JsonNode node = value.value();
        if (!node.isArray()) {
            return Arrays.stream(text(key, value).split(",", -1)).map(String::strip).toList();
        }
        if (!node.valueStream().allMatch(JsonNode::isValueNode)) {
            throw wrong(key, "a list of plain values", value);
        }
        return node.valueStream().map(JsonNode::asString).toList();
    }

    private static String text(String key, Given value) {
        if (value.isNothing() || !value.value().isValueNode()) {
            throw wrong(key, "a plain value", value);
        }
        return value.value().asString();
    }

    private static UserInputException wrong(String key, String expected, Given got) {
        return new UserInputException(
                "%s%s: expected %s, got %s".formatted(got.source(), key, expected, got.quoted()));
    }
}
