/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.config.YamlValues.Given;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts the settings together: the defaults, over them a file, over that single values. Whatever
 * does not fit is reported with its key and, from a file, its line.
 */
final class SettingsReader {

    private final Map<String, Given> given = new HashMap<>();

    SettingsReader file(Path file) {
        YamlValues.read(file).forEach(this::put);
        return this;
    }

    /** Values with their places in a file; they replace those read before. */
    SettingsReader given(Map<String, Given> values) {
        values.forEach(this::put);
        return this;
    }

    SettingsReader values(Map<String, String> values) {
        values.forEach((key, value) -> put(key, new Given(valueOf(key, value), "")));
        return this;
    }

    /** Text needs no quotes on the command line, where it ends with its argument. */
    private static JsonNode valueOf(String name, String value) {
        boolean text = SettingKey.find(name).filter(key -> key.type() == String.class).isPresent();
        return text ? SettingsYaml.MAPPER.getNodeFactory().stringNode(value) : parse(value);
    }

    RunSettings read() {
        addDefaults();
        ObjectNode root = SettingsYaml.MAPPER.createObjectNode();
        for (SettingKey key : SettingKey.all()) {
            String pointer = "/" + key.name().replace('.', '/');
            int end = pointer.lastIndexOf('/');
            ObjectNode section = end == 0 ? root : root.withObject(pointer.substring(0, end));
            if (given.containsKey(key.name())) {
                section.set(pointer.substring(end + 1), given.get(key.name()).value());
            }
        }
        try {
            return SettingsYaml.MAPPER.treeToValue(root, RunSettings.class);
        } catch (JacksonException e) {
            throw explained(e);
        }
    }

    private void addDefaults() {
        String network =
                Optional.ofNullable(given.get(SettingKey.NETWORK))
                        .map(Given::value)
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue)
                        .orElse(SettingKey.find(SettingKey.NETWORK).orElseThrow().fallback());
        for (SettingKey key : SettingKey.all()) {
            String fallback = key.fallback(network);
            if (!fallback.isEmpty()) {
                given.putIfAbsent(key.name(), new Given(parse(fallback), ""));
            }
        }
    }

    private void put(String name, Given value) {
        if (SettingKey.find(name).isEmpty()) {
            if (!SettingKey.isSection(name)) {
                throw new UserInputException(value.source() + SettingKey.unknown(name));
            }
            if (!value.isNothing()) {
                throw wrong(name, "keys under it, such as " + SettingKey.exampleIn(name), value);
            }
        } else if (value.isNothing()) {
            throw wrong(name, SettingKey.find(name).orElseThrow().expected(), value);
        } else {
            given.put(name, value);
        }
    }

    /** A value on the command line is written as it would be in the file. */
    private static JsonNode parse(String value) {
        try {
            return SettingsYaml.MAPPER.readTree(value);
        } catch (JacksonException e) {
            return SettingsYaml.MAPPER.getNodeFactory().stringNode(value);
        }
    }

    private UserInputException explained(JacksonException failure) {
        String path =
                failure.getPath().stream()
                        .map(JacksonException.Reference::getPropertyName)
                        .collect(Collectors.joining("."));
        if (failure.getCause() instanceof Check.RangeException range) {
            String name = path.isEmpty() ? range.name() : path + "." + range.name();
            String source = Optional.ofNullable(given.get(name)).map(Given::source).orElse("");
            return new UserInputException(source + name + ": " + range.problem(), failure);
        }
        return SettingKey.find(path)
                .map(key -> wrong(path, key.expected(), given.get(path)))
                .orElseThrow(() -> failure);
    }

    private static UserInputException wrong(String name, String expected, Given got) {
        return new UserInputException(
                "%s%s: expected %s, got %s".formatted(got.source(), name, expected, got.quoted()));
    }
}
