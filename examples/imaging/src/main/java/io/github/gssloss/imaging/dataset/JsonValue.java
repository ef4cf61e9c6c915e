/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.gssloss.files.UserInputException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A value in a file of JSON that knows where it stands, so that a line about it can say so.
 *
 * @param file the file
 * @param where the keys that lead to it; empty: the whole file
 * @param element the value
 */
record JsonValue(Path file, String where, JsonElement element) {

    /** The most letters of a value that a line repeats. */
    private static final int SHOWN = 80;

    /**
     * Reads a file.
     *
     * @throws UserInputException where it cannot be opened, is no JSON, or gives a key twice
     */
    static JsonValue read(Path file) {
        return new JsonValue(file, "", StrictJson.read(file));
    }

    /** The value of a key of this object. */
    JsonValue get(String key) {
        JsonElement value = object().get(key);
        if (value == null) {
            throw expected("the key " + key, String.join(", ", object().keySet()));
        }
        JsonValue found = at(key, value);
        if (value.isJsonNull()) {
            throw found.expected("a value");
        }
        return found;
    }

    /** The value of a key of this object; empty where it is absent or null. */
    Optional<JsonValue> find(String key) {
        return Optional.ofNullable(object().get(key))
                .filter(one -> !one.isJsonNull())
                .map(one -> at(key, one));
    }

    /** The keys of this object and their values, in the order of the file. */
    Map<String, JsonValue> entries() {
        Map<String, JsonValue> entries = new LinkedHashMap<>();
        object().asMap().forEach((key, value) -> entries.put(key, at(key, value)));
        return entries;
    }

    private JsonObject object() {
        if (!element.isJsonObject()) {
            throw expected("an object {...}");
        }
        return element.getAsJsonObject();
    }

    boolean isList() {
        return element.isJsonArray();
    }

    /** The values of this list. */
    List<JsonValue> items() {
        if (!isList()) {
            throw expected("a list [...]");
        }
        return element.getAsJsonArray().asList().stream()
                .map(one -> new JsonValue(file, where, one))
                .toList();
    }

    boolean isText() {
        return element.isJsonPrimitive() && element.getAsJsonPrimitive().isString();
    }

    /** This text. */
    String text() {
        if (!isText() || element.getAsString().isBlank()) {
            throw expected("a text that is not empty");
        }
        return element.getAsString();
    }

    /** This number, which has to be whole; 1.0 is. */
    int whole() {
        if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isNumber()) {
            throw expected("a whole number");
        }
        try {
            return element.getAsBigDecimal().intValueExact();
        } catch (ArithmeticException e) {
            throw expected("a whole number");
        }
    }

    /** The exception for a value that is another one than expected. */
    UserInputException expected(String what) {
        return expected(what, shown());
    }

    /** The exception for a value that is another one than expected; {@code got} is shown for it. */
    UserInputException expected(String what, String got) {
        return new UserInputException(
                "%s: expected %s, got %s".formatted(prefix(), what, got.isEmpty() ? "none" : got));
    }

    /** Makes something of this value; what the maker refuses is said to be wrong here. */
    <T> T make(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (UserInputException e) {
            throw new UserInputException(prefix() + ": " + e.getMessage(), e);
        }
    }

    /** What a line about this value begins with. */
    String prefix() {
        return StrictJson.prefix(file, where);
    }

    private String shown() {
        String text = element.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    private JsonValue at(String key, JsonElement value) {
        return new JsonValue(file, where.isEmpty() ? key : where + ": " + key, value);
    }
}
