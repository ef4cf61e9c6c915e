/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import io.github.gssloss.files.UserInputException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts a record of settings together: the defaults, over them a file, over that single values.
 * Whatever does not fit is reported with its key and, from a file, its line.
 *
 * @param <T> the record, whose components are {@link Setting}s and sections
 */
final class SettingsReader<T> {

    /** The key of the network, on which defaults depend. */
    private static final String NETWORK = "model.name";

    private final Class<T> type;
    private final Given nothing;
    private final Map<String, SettingKey> keys = new LinkedHashMap<>();
    private final Map<String, Given> given = new HashMap<>();

    SettingsReader(Class<T> type) {
        this(type, "");
    }

    /** Reads a record; what is missing is reported with a file's name before it. */
    SettingsReader(Class<T> type, String source) {
        this.type = type;
        nothing = new Given(Yaml.MAPPER.getNodeFactory().nullNode(), source);
        SettingKey.of(type, "").forEach(key -> keys.put(key.name(), key));
    }

    SettingsReader<T> file(Path file) {
        return given(Yaml.read(file));
    }

    /** Values with their places in a file; they replace those read before. */
    SettingsReader<T> given(Map<String, Given> values) {
        values.forEach(this::put);
        return this;
    }

    SettingsReader<T> values(Map<String, String> values) {
        values.forEach((name, value) -> put(name, parse(keys.get(name), value)));
        return this;
    }

    void put(String name, Given value) {
        SettingKey key = keys.get(name);
        if (key != null && value.isNothing()) {
            throw value.wrong(name, key.expected());
        }
        if (key != null) {
            given.put(name, listed(key, value));
            return;
        }
        String example =
                keys.keySet().stream()
                        .filter(one -> one.startsWith(name + "."))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new UserInputException(
                                                value.source()
                                                        + Spelling.unknown(
                                                                name, name, keys.keySet())));
        if (!value.isNothing()) {
            throw value.wrong(name, "keys under it, such as " + example);
        }
    }

    /** A list may be text with commas. */
    private static Given listed(SettingKey key, Given value) {
        if (key.type() != List.class) {
            return value;
        }
        if (value.value().isString()) {
            return new Given(Yaml.MAPPER.valueToTree(value.items(key.name())), value.source());
        }
        if (!value.value().valueStream().allMatch(JsonNode::isValueNode)) {
            throw value.wrong(key.name(), key.expected());
        }
        return value;
    }

    /** What an error message about a key begins with. */
    String source(String name) {
        return given.getOrDefault(name, nothing).source();
    }

    /**
     * A value on the command line is written as it would be in the file. Text needs no quotes
     * there, where it ends with its argument.
     */
    private static Given parse(SettingKey key, String value) {
        if (key != null && (key.type() == String.class)) {
            return Given.text(value);
        }
        try {
            return new Given(Yaml.MAPPER.readTree(value), "");
        } catch (JacksonException e) {
            return Given.text(value);
        }
    }

    T read() {
        addDefaults();
        ObjectNode root = Yaml.MAPPER.createObjectNode();
        for (SettingKey key : keys.values()) {
            int dot = key.name().lastIndexOf('.');
            String prefix = key.name().substring(0, dot + 1);
            if (given.containsKey(key.name())) {
                ObjectNode section =
                        dot < 0
                                ? root
                                : root.withObject(
                                        "/" + key.name().substring(0, dot).replace('.', '/'));
                section.set(key.name().substring(dot + 1), given.get(key.name()).value());
            } else if (key.needed()
                    && given.keySet().stream().anyMatch(one -> one.startsWith(prefix))) {
                throw nothing.wrong(key.name(), key.expected());
            }
        }
        try {
            return Yaml.MAPPER.treeToValue(root, type);
        } catch (JacksonException e) {
            throw explained(e);
        }
    }

    private void addDefaults() {
        JsonNode named = given.getOrDefault(NETWORK, nothing).value();
        String usual = keys.containsKey(NETWORK) ? keys.get(NETWORK).fallback("") : "";
        String network = named.isString() ? named.stringValue() : usual;
        keys.forEach(
                (name, key) -> {
                    String fallback = key.fallback(network);
                    if (!fallback.isEmpty()) {
                        given.putIfAbsent(name, listed(key, parse(null, fallback)));
                    }
                });
    }

    private UserInputException explained(JacksonException failure) {
        String path =
                failure.getPath().stream()
                        .map(JacksonException.Reference::getPropertyName)
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining("."));
        if (failure.getCause() instanceof Check.RangeException range) {
            String name = path.isEmpty() ? range.name() : path + "." + range.name();
            return new UserInputException(source(name) + name + ": " + range.problem(), failure);
        }
        if (!keys.containsKey(path)) {
            throw failure;
        }
        return given.getOrDefault(path, nothing).wrong(path, keys.get(path).expected());
    }
}
