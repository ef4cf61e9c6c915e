/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import io.github.gssloss.imaging.prepare.Clipping;
import io.github.gssloss.imaging.prepare.WorkingSpacing;
import io.github.gssloss.imaging.sample.MissingRates;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.JavaType;

/**
 * One key of the settings: its type is that of a record's component, the rest stands in the table
 * of the record.
 *
 * @param name the dotted key, for example {@code loss.beta}
 * @param component the type of the component
 * @param setting what the table says
 */
public record SettingKey(String name, JavaType component, Setting setting) {

    private static final List<SettingKey> ALL = List.copyOf(of(RunSettings.class));

    /**
     * Returns every key of {@link RunSettings}.
     *
     * @return the keys in the order of their declaration
     */
    public static List<SettingKey> all() {
        return ALL;
    }

    /** The keys of a record, those of its sections after a dot. */
    static List<SettingKey> of(Class<?> settings) {
        try (InputStream in = settings.getResourceAsStream(settings.getSimpleName() + ".yaml")) {
            Map<String, Setting> table =
                    Yaml.MAPPER.readValue(
                            in, new TypeReference<LinkedHashMap<String, Setting>>() {});
            return table.entrySet().stream()
                    .map(
                            one ->
                                    new SettingKey(
                                            one.getKey(),
                                            component(settings, one.getKey()),
                                            one.getValue()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JavaType component(Class<?> settings, String name) {
        JavaType found = Yaml.MAPPER.constructType(settings);
        for (String part : name.split("[.]", -1)) {
            RecordComponent[] components = value(found).getRawClass().getRecordComponents();
            RecordComponent next =
                    Arrays.stream(components)
                            .filter(one -> one.getName().equals(part))
                            .findFirst()
                            .orElseThrow();
            found = Yaml.MAPPER.constructType(next.getGenericType());
        }
        return found;
    }

    /** What an Optional has, or the type itself. */
    private static JavaType value(JavaType type) {
        return type.isReferenceType() ? type.getReferencedType() : type;
    }

    /** The type of the value. */
    JavaType type() {
        return value(component);
    }

    /** Whether a value has to be given. */
    boolean isNeeded() {
        return !component.isReferenceType() && setting.fallback().isEmpty();
    }

    /** Which values it takes, for example {@code a whole number}. */
    String expected() {
        return setting.expected() == null ? words().get(0) : setting.expected();
    }

    /**
     * Returns a word that stands for the value in a line of help.
     *
     * @return for example {@code N}
     */
    public String placeholder() {
        return words().get(1);
    }

    /** Which values the type takes, and a word that stands for one. */
    private List<String> words() {
        Class<?> type = type().getRawClass();
        if (type.isEnum()) {
            List<String> choices =
                    Arrays.stream(type.getEnumConstants())
                            .map(constant -> settingName((Enum<?>) constant))
                            .toList();
            return List.of("one of " + String.join(", ", choices), String.join("|", choices));
        }
        return switch (type.getSimpleName()) {
            case "Foreground" ->
                    List.of("nonzero, all or a threshold such as 'above -500'", "RULE");
            case "Clipping" -> List.of(Clipping.EXPECTED, "PERCENTILES");
            case "WorkingSpacing" -> List.of(WorkingSpacing.EXPECTED, "MM");
            case "MissingRates" -> List.of(MissingRates.EXPECTED, "RATES");
            case "VolumeSize" -> List.of(VolumeSize.EXPECTED, "SIZE");
            case "int", "Integer" -> List.of("a whole number", "N");
            case "long", "Long" -> List.of("a whole number of at most 64 bits", "N");
            case "boolean", "Boolean" -> List.of("true or false", "true|false");
            case "String" -> List.of("text", "TEXT");
            default -> List.of("a number", "X");
        };
    }

    /**
     * Returns what the setting means.
     *
     * @return one sentence without a full stop
     */
    public String help() {
        return setting.help();
    }

    /**
     * Returns the name that earlier versions had for it.
     *
     * @return the name; empty where it has always had this one
     */
    public Optional<String> formerly() {
        return Optional.ofNullable(setting.formerly());
    }

    /**
     * Says what holds where the setting is not given.
     *
     * @return for example {@code 16, mmformer: 8}
     */
    public String origin() {
        if (setting.fallback().equals("[]")) {
            return "none";
        }
        String all =
                setting.byNetwork().entrySet().stream()
                        .map(one -> ", " + one.getKey() + ": " + one.getValue())
                        .collect(Collectors.joining("", setting.fallback(), ""));
        return all.isEmpty() ? setting.otherwise() : all.replaceFirst("^, ", "");
    }

    /**
     * Returns the name that an enum constant has in settings.
     *
     * @param constant a constant such as {@code PAPER_ABLATION}
     * @return its name in lower camel case: {@code paperAblation}
     */
    public static String settingName(Enum<?> constant) {
        return EnumNamingStrategies.LOWER_CAMEL_CASE.convertEnumToExternalName(
                null, null, constant.name());
    }
}
