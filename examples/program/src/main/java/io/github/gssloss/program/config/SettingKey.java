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
import tools.jackson.databind.EnumNamingStrategies;

/**
 * One key of the settings, found in the records that hold them.
 *
 * @param name the dotted key, for example {@code loss.beta}
 * @param type the type of the value
 * @param help what the setting means
 * @param fallback the default in YAML; empty where the setting may be left out
 * @param byNetwork the default with networks that have their own
 * @param otherwise what decides where there is no default
 */
public record SettingKey(
        String name,
        Class<?> type,
        String help,
        String fallback,
        Map<NetworkKind, String> byNetwork,
        String otherwise) {

    /** The key of the network, on which defaults depend. */
    static final String NETWORK = "model.name";

    private static final List<SettingKey> ALL = List.copyOf(of(RunSettings.class, ""));

    /**
     * Returns every key of {@link RunSettings}.
     *
     * @return the keys in the order of their declaration
     */
    public static List<SettingKey> all() {
        return ALL;
    }

    /**
     * Says which values the key takes.
     *
     * @return for example {@code a whole number}
     */
    public String expected() {
        if (type.isEnum()) {
            return "one of " + String.join(", ", choices());
        }
        if (type == VolumeSize.class) {
            return VolumeSize.EXPECTED;
        }
        if (type == int.class || type == Integer.class) {
            return "a whole number";
        }
        if (type == long.class) {
            return "a whole number of at most 64 bits";
        }
        if (type == String.class) {
            return "text";
        }
        return isSwitch() ? "true or false" : "a number";
    }

    /**
     * Returns a word that stands for the value in a line of help.
     *
     * @return for example {@code N}, or the choices
     */
    public String placeholder() {
        if (type.isEnum()) {
            return String.join("|", choices());
        }
        if (type == VolumeSize.class) {
            return "SIZE";
        }
        if (type == String.class) {
            return "TEXT";
        }
        if (isSwitch()) {
            return "true|false";
        }
        return type == int.class || type == Integer.class || type == long.class ? "N" : "X";
    }

    /**
     * Says what holds where the setting is not given.
     *
     * @return for example {@code 16, mmformer: 8}
     */
    public String origin() {
        if (fallback.isEmpty() && byNetwork.isEmpty()) {
            return otherwise;
        }
        List<String> origins = new ArrayList<>();
        if (!fallback.isEmpty()) {
            origins.add(fallback);
        }
        byNetwork.forEach((network, own) -> origins.add(settingName(network) + ": " + own));
        return String.join(", ", origins);
    }

    /** The default with a network, named as in the settings; empty: none. */
    String fallback(String network) {
        return byNetwork.entrySet().stream()
                .filter(own -> settingName(own.getKey()).equals(network))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(fallback);
    }

    private boolean isSwitch() {
        return type == boolean.class || type == Boolean.class;
    }

    private List<String> choices() {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> settingName((Enum<?>) constant))
                .toList();
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

    static Optional<SettingKey> find(String name) {
        return ALL.stream().filter(key -> key.name.equals(name)).findFirst();
    }

    static boolean isSection(String name) {
        return ALL.stream().anyMatch(key -> key.name.startsWith(name + "."));
    }

    static String exampleIn(String section) {
        return ALL.stream()
                .map(SettingKey::name)
                .filter(name -> name.startsWith(section + "."))
                .findFirst()
                .orElseThrow();
    }

    /** The one line about a key that is none: the key that was most likely meant, or all. */
    static String unknown(String name) {
        List<String> names = ALL.stream().map(SettingKey::name).toList();
        String hint =
                Spelling.closest(name, names)
                        .map(meant -> ", did you mean '" + meant + "'?")
                        .orElseGet(() -> " (known: " + String.join(", ", names) + ")");
        return "unknown key '" + name + "'" + hint;
    }

    private static Class<?> valueType(RecordComponent component) {
        return component.getGenericType() instanceof ParameterizedType optional
                ? (Class<?>) optional.getActualTypeArguments()[0]
                : component.getType();
    }

    private static List<SettingKey> of(Class<?> section, String prefix) {
        List<SettingKey> keys = new ArrayList<>();
        for (RecordComponent component : section.getRecordComponents()) {
            String name = prefix + component.getName();
            Setting setting = component.getAnnotation(Setting.class);
            if (setting == null) {
                keys.addAll(of(component.getType(), name + "."));
            } else {
                Map<NetworkKind, String> byNetwork = new EnumMap<>(NetworkKind.class);
                for (Setting.NetworkDefault own : setting.byNetwork()) {
                    byNetwork.put(own.network(), own.value());
                }
                keys.add(
                        new SettingKey(
                                name,
                                valueType(component),
                                setting.help(),
                                setting.fallback(),
                                byNetwork,
                                setting.otherwise()));
            }
        }
        return keys;
    }
}
