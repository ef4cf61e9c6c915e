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

/** What a YAML file says, key by key and as it is: for reading, not for acting upon. */
final class YamlFacts {

    /** What stands for an empty list. */
    static final String NONE = "none";

    private YamlFacts() {}

    /**
     * Reads a file.
     *
     * @param file a YAML file of keys
     * @return its facts by dotted key, in the order of the file; empty where there is no file
     * @throws UserInputException if it is no YAML file of keys
     */
    static List<Fact> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
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
    static Optional<String> find(List<Fact> facts, String name) {
        return facts.stream().filter(fact -> fact.name().equals(name)).map(Fact::value).findFirst();
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
            return node.valueStream().map(YamlFacts::text).collect(Collectors.joining(", "));
        }
        return node.isString() ? node.stringValue() : node.toString();
    }
}
