/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/** The values that a YAML file gives, by dotted key, each with the line on which it stands. */
final class YamlValues {

    private final Path file;
    private final Map<String, Given> values = new LinkedHashMap<>();

    private YamlValues(Path file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @param file a YAML file; empty means no values
     * @return its values in the order of the file
     * @throws UserInputException if the file cannot be read or is not one YAML document of keys
     */
    static Map<String, Given> read(Path file) {
        YamlValues found = new YamlValues(file);
        try (JsonParser parser = SettingsYaml.MAPPER.createParser(text(file))) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_OBJECT) {
                found.section(parser, "");
            } else if (first != null && first != JsonToken.VALUE_NULL) {
                throw new UserInputException(
                        file + ": expected keys with values, got " + name(first));
            }
            if (parser.nextToken() != null) {
                throw new UserInputException(file + ": expected one YAML document, got several");
            }
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new UserInputException(
                    "%s:%d: not valid YAML: %s".formatted(file, Math.max(1, line), problem(e)), e);
        }
        return found.values;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new UserInputException(file + ": no such file", e);
        } catch (CharacterCodingException e) {
            throw new UserInputException(file + ": expected text in UTF-8", e);
        } catch (IOException e) {
            String problem =
                    Files.isDirectory(file) ? "expected a file, got a folder" : "unreadable";
            throw new UserInputException(file + ": " + problem, e);
        }
    }

    /** The parser's account without the excerpts of the file, which it indents. */
    private static String problem(JacksonException e) {
        return e.getOriginalMessage()
                .lines()
                .filter(text -> !text.isEmpty() && !Character.isWhitespace(text.charAt(0)))
                .collect(Collectors.joining(", "));
    }

    private static String name(JsonToken token) {
        return token == JsonToken.START_ARRAY ? "a list" : "plain text";
    }

    private void section(JsonParser parser, String prefix) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = prefix + parser.currentName();
            String source = file + ":" + parser.currentTokenLocation().getLineNr() + ": ";
            int before = values.size();
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                section(parser, key + ".");
                if (values.size() == before) {
                    put(key, SettingsYaml.MAPPER.getNodeFactory().nullNode(), source);
                }
            } else {
                put(key, parser.readValueAsTree(), source);
            }
        }
    }

    private void put(String key, JsonNode value, String source) {
        if (values.put(key, new Given(value, source)) != null) {
            throw new UserInputException(source + "key '" + key + "' is given twice");
        }
    }

    /**
     * One value.
     *
     * @param value the value
     * @param source what an error message begins with: the file and the line, or nothing
     */
    record Given(JsonNode value, String source) {

        boolean isNothing() {
            return value.isNull() || value.isMissingNode();
        }

        String quoted() {
            if (isNothing()) {
                return "nothing";
            }
            return value.isString() ? "'" + value.stringValue() + "'" : value.toString();
        }
    }
}
