/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.EnumNamingStrategies;

/**
 * One key of the settings, found in the records that hold them.
 *
 * @param name the dotted key, for example {@code loss.beta}
 * @param type the type of the value
 * @param expected which values it takes, for example {@code a whole number}
 * @param placeholder a word that stands for the value in a line of help, for example {@code N}
 * @param needed whether a value has to be given
 * @param setting what else is known of it
 */
public record SettingKey(
        String name,
        Class<?> type,
        String expected,
        String placeholder,
        boolean needed,
        Setting setting) {

    private static final List<SettingKey> ALL = List.copyOf(of(RunSettings.class, ""));

    /**
     * Returns every key of {@link RunSettings}.
     *
     * @return the keys in the order of their declaration
     */
    public static List<SettingKey> all() {
        return ALL;
    }

    /** The keys of a record, those of its sections after a dot. */
    static List<SettingKey> of(Class<?> section, String prefix) {
        List<SettingKey> keys = new ArrayList<>();
        for (RecordComponent component : section.getRecordComponents()) {
            String name = prefix + component.getName();
            Setting setting = component.getAnnotation(Setting.class);
            if (setting == null) {
                keys.addAll(of(valueType(component), name + "."));
            } else {
                keys.add(of(name, component, setting));
            }
        }
        return List.copyOf(keys);
    }

    private static SettingKey of(String name, RecordComponent component, Setting setting) {
        Class<?> type = valueType(component);
        List<String> words = words(type);
        boolean needed =
                component.getType() != Optional.class
                        && setting.fallback().isEmpty()
                        && setting.byNetwork().length == 0;
        String expected = setting.expected().isEmpty() ? words.get(0) : setting.expected();
        return new SettingKey(name, type, expected, words.get(1), needed, setting);
    }

    private static Class<?> valueType(RecordComponent component) {
        return component.getType() == Optional.class
                        && component.getGenericType() instanceof ParameterizedType optional
                ? (Class<?>) optional.getActualTypeArguments()[0]
                : component.getType();
    }

    /** Which values a type takes, and a word that stands for one. */
    private static List<String> words(Class<?> type) {
        if (type.isEnum()) {
            List<String> choices =
                    Arrays.stream(type.getEnumConstants())
                            .map(constant -> settingName((Enum<?>) constant))
                            .toList();
            return List.of("one of " + String.join(", ", choices), String.join("|", choices));
        }
        if (type == VolumeSize.class) {
            return List.of(VolumeSize.EXPECTED, "SIZE");
        }
        if (type == int.class || type == Integer.class) {
            return List.of("a whole number", "N");
        }
        if (type == long.class || type == Long.class) {
            return List.of("a whole number of at most 64 bits", "N");
        }
        if (type == String.class) {
            return List.of("text", "TEXT");
        }
        return type == boolean.class || type == Boolean.class
                ? List.of("true or false", "true|false")
                : List.of("a number", "X");
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
     * Says what holds where the setting is not given.
     *
     * @return for example {@code 16, mmformer: 8}
     */
    public String origin() {
        Map<NetworkKind, String> own = new EnumMap<>(NetworkKind.class);
        for (Setting.NetworkDefault one : setting.byNetwork()) {
            own.put(one.network(), one.value());
        }
        if (setting.fallback().isEmpty() && own.isEmpty()) {
            return setting.otherwise();
        }
        if (setting.fallback().equals("[]")) {
            return "none";
        }
        String others =
                own.entrySet().stream()
                        .map(one -> settingName(one.getKey()) + ": " + one.getValue())
                        .collect(Collectors.joining(", "));
        String separator = setting.fallback().isEmpty() || others.isEmpty() ? "" : ", ";
        return setting.fallback() + separator + others;
    }

    /** The default with a network, named as in the settings; empty: none. */
    String fallback(String network) {
        return Arrays.stream(setting.byNetwork())
                .filter(own -> settingName(own.network()).equals(network))
                .map(Setting.NetworkDefault::value)
                .findFirst()
                .orElse(setting.fallback());
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
