/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.config.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a YAML file says, key by key and as it is: for reading, not for acting upon.
 *
 * @param title what the facts are about
 * @param file where they stand, in words
 * @param all the facts by dotted key, in the order of the file; empty where there is no file
 */
record Facts(String title, String file, List<Fact> all) {

    /** What stands for an empty list. */
    static final String NONE = "none";

    /**
     * A line of the file.
     *
     * @param name its dotted key
     * @param value how it is written in the file
     */
    record Fact(String name, String value) {}

    /**
     * Reads a file.
     *
     * @param title what it is about
     * @param words how it is named in the report
     * @param file a YAML file of keys; empty: it is not there
     * @throws UserInputException if it is no YAML file of keys
     */
    static Facts read(String title, String words, Optional<Path> file) {
        return new Facts(
                title, words, file.filter(Files::isRegularFile).map(Facts::read).orElse(List.of()));
    }

    private static List<Fact> read(Path file) {
        try {
            List<Fact> facts = new ArrayList<>();
            JsonNode root = Yaml.MAPPER.readTree(Files.readString(file));
            if (!root.isObject()) {
                throw new UserInputException(file + ": expected keys with values");
            }
            add(facts, "", root);
            return facts;
        } catch (JacksonException | IOException e) {
            throw new UserInputException(file + ": expected a YAML file that can be read", e);
        }
    }

    /** Finds the value of a key. */
    Optional<String> find(String name) {
        return all.stream().filter(fact -> fact.name().equals(name)).map(Fact::value).findFirst();
    }

    private static void add(List<Fact> facts, String name, JsonNode node) {
        if (node.isObject()) {
            String prefix = name.isEmpty() ? "" : name + ".";
            node.properties()
                    .forEach(entry -> add(facts, prefix + entry.getKey(), entry.getValue()));
        } else {
            facts.add(new Fact(name, text(node)));
        }
    }

    private static String text(JsonNode node) {
        if (node.isArray() && node.isEmpty()) {
            return NONE;
        }
        if (node.isArray()) {
            return node.valueStream().map(Facts::text).collect(Collectors.joining(", "));
        }
        return node.isString() ? node.stringValue() : node.toString();
    }
}
