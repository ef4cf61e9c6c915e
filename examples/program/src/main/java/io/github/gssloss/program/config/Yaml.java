/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.gssloss.core.Divergence;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.prepare.Clipping;
import io.github.gssloss.imaging.prepare.Foreground;
import io.github.gssloss.imaging.prepare.WorkingSpacing;
import io.github.gssloss.imaging.sample.MissingRates;
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
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.type.LogicalType;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** How the program reads and writes YAML. */
public final class Yaml {

    /** Strict: nothing unknown, nothing twice, no fraction cut off, no number for a choice. */
    public static final YAMLMapper MAPPER =
            YAMLMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enumNamingStrategy(EnumNamingStrategies.LOWER_CAMEL_CASE)
                    .addMixIn(Divergence.class, OldDivergenceNames.class)
                    .addMixIn(Foreground.class, ForegroundText.class)
                    .addMixIn(Clipping.class, ClippingText.class)
                    .addMixIn(WorkingSpacing.class, WorkingSpacingText.class)
                    .addMixIn(MissingRates.class, MissingRatesText.class)
                    .withCoercionConfigDefaults(
                            config ->
                                    config.setCoercion(
                                            CoercionInputShape.EmptyString, CoercionAction.Fail))
                    .withCoercionConfig(
                            LogicalType.Boolean,
                            config ->
                                    config.setCoercion(
                                            CoercionInputShape.Integer, CoercionAction.Fail))
                    .changeDefaultPropertyInclusion(
                            value ->
                                    value.withValueInclusion(JsonInclude.Include.NON_ABSENT)
                                            .withContentInclusion(JsonInclude.Include.NON_ABSENT))
                    .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                    .build();

    /** What all keys to a value have together; our own take a fifth of it. */
    private static final int LONGEST_KEY = 200;

    /** A file is as long as what reads YAML takes, 3 million characters. */
    private static final long LONGEST_FILE = 3_000_000;

    private Yaml() {}

    /**
     * Reads the values of a file by dotted key, each with the line on which it stands.
     *
     * @param file a YAML file; empty means no values
     * @return its values in the order of the file
     * @throws UserInputException if the file cannot be read or is not one YAML document of keys
     */
    static Map<String, Given> read(Path file) {
        Map<String, Given> values = new LinkedHashMap<>();
        try (JsonParser parser = MAPPER.createParser(text(file))) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_OBJECT) {
                section(parser, file, "", values);
            } else if (first != null && first != JsonToken.VALUE_NULL) {
                String got = first == JsonToken.START_ARRAY ? "a list" : "plain text";
                throw new UserInputException(file + ": expected keys with values, got " + got);
            }
            if (parser.nextToken() != null) {
                throw new UserInputException(file + ": expected one YAML document, got several");
            }
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new UserInputException(
                    "%s:%d: not valid YAML: %s".formatted(file, Math.max(1, line), problem(e)), e);
        }
        return values;
    }

    private static String text(Path file) {
        try {
            long bytes = Files.isRegularFile(file) ? Files.size(file) : 0;
            if (bytes > LONGEST_FILE) {
                throw new UserInputException(
                        "%s: expected at most %d bytes of YAML, got %d"
                                .formatted(file, LONGEST_FILE, bytes));
            }
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

    private static void section(
            JsonParser parser, Path file, String prefix, Map<String, Given> values) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = prefix + parser.currentName();
            String source = file + ":" + parser.currentTokenLocation().getLineNr() + ": ";
            if (key.length() > LONGEST_KEY) {
                // Each value below would have a copy.
                throw new UserInputException(
                        "%sexpected a key of at most %d characters, got %d: '%s ...'"
                                .formatted(
                                        source,
                                        LONGEST_KEY,
                                        key.length(),
                                        key.substring(0, LONGEST_KEY / 2)));
            }
            int before = values.size();
            Given given = new Given(MAPPER.getNodeFactory().nullNode(), source);
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                section(parser, file, key + ".", values);
                if (values.size() > before) {
                    continue;
                }
            } else {
                given = new Given(parser.readValueAsTree(), source);
            }
            if (values.put(key, given) != null) {
                throw new UserInputException(source + "key '" + key + "' is given twice");
            }
        }
    }
}
