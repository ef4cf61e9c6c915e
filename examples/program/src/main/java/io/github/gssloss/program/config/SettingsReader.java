/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import io.github.gssloss.files.UserInputException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts a record of settings together: the defaults, over them a file, over that single values.
 * Whatever does not fit is reported with its key and, from a file, its line.
 *
 * @param <T> the record; its table has a {@link Setting} for each component that is no section
 */
final class SettingsReader<T> {

    /** The key of the network, on which defaults depend. */
    private static final String NETWORK = "model.name";

    private final Class<T> type;
    private final Given nothing;
    private final Map<String, SettingKey> keys = new LinkedHashMap<>();
    private final Map<String, String> formerly = new HashMap<>();
    private final Map<String, Given> given = new HashMap<>();

    /** Reads a record; what is missing is reported with a file's name before it. */
    SettingsReader(Class<T> type, String source) {
        this.type = type;
        nothing = new Given(Yaml.MAPPER.getNodeFactory().nullNode(), source);
        for (SettingKey key : SettingKey.of(type)) {
            keys.put(key.name(), key);
            Optional.ofNullable(key.setting().formerly())
                    .ifPresent(name -> formerly.put(name, key.name()));
        }
    }

    /** Values with their places in a file; they replace those read before. */
    SettingsReader<T> given(Map<String, Given> values) {
        values.forEach(
                (name, value) -> {
                    String now = formerly.get(name);
                    if (now != null && values.containsKey(now)) {
                        throw new UserInputException(
                                value.source() + "key '" + now + "' is given twice");
                    }
                    put(name, value);
                });
        return this;
    }

    SettingsReader<T> values(Map<String, String> values) {
        values.forEach((name, value) -> put(name, parse(keys.get(name), value)));
        return this;
    }

    void put(String written, Given value) {
        String name = formerly.getOrDefault(written, written);
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
        return key.type().hasRawClass(List.class) && value.value().isString()
                ? new Given(Yaml.MAPPER.valueToTree(value.items(key.name())), value.source())
                : value;
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
        if (key != null && key.type().hasRawClass(String.class)) {
            return Given.text(value);
        }
        try {
            return new Given(Yaml.MAPPER.readTree(value), "");
        } catch (JacksonException e) {
            return Given.text(value);
        }
    }

    T read() {
        JsonNode named = given.getOrDefault(NETWORK, nothing).value();
        String usual = keys.containsKey(NETWORK) ? keys.get(NETWORK).setting().fallback() : "";
        String network = named.isString() ? named.stringValue() : usual;
        ObjectNode root = Yaml.MAPPER.createObjectNode();
        for (SettingKey key : keys.values()) {
            String name = key.name();
            Setting setting = key.setting();
            String fallback = setting.byNetwork().getOrDefault(network, setting.fallback());
            if (!fallback.isEmpty()) {
                given.putIfAbsent(name, listed(key, parse(null, fallback)));
            }
            String section = name.substring(0, name.lastIndexOf('.') + 1);
            if (given.containsKey(name)) {
                check(key, given.get(name), network);
                JsonPointer path = JsonPointer.compile("/" + name.replace('.', '/'));
                root.withObject(path.head())
                        .set(path.last().getMatchingProperty(), given.get(name).value());
            } else if (key.isNeeded()
                    && given.keySet().stream().anyMatch(one -> one.startsWith(section))) {
                throw nothing.wrong(name, key.expected());
            }
        }
        try {
            return Yaml.MAPPER.treeToValue(root, type);
        } catch (JacksonException e) {
            throw explained(e);
        }
    }

    private static void check(SettingKey key, Given value, String network) {
        Object read;
        try {
            read = Yaml.MAPPER.treeToValue(value.value(), key.type());
        } catch (JacksonException e) {
            throw value.wrong(key.name(), key.expected());
        }
        String got = value.value().asString("");
        List<String> networks = key.setting().networks();
        if (!networks.isEmpty() && !networks.contains(network)) {
            throw value.wrong(key.name(), "nothing where the network is " + network, got);
        }
        Setting.Range range = key.setting().range();
        if (range != null && !range.contains(read)) {
            throw value.wrong(key.name(), range.words, got);
        }
    }

    /** Values that do not fit each other: a record names the one that is to change. */
    private UserInputException explained(JacksonException failure) {
        if (!(failure.getCause() instanceof IllegalArgumentException problem)) {
            throw failure;
        }
        String section =
                failure.getPath().stream()
                        .map(one -> one.getPropertyName() + ".")
                        .collect(Collectors.joining());
        String message = section + problem.getMessage();
        String name = message.substring(0, message.indexOf(':'));
        return new UserInputException(source(name) + message, failure);
    }
}
