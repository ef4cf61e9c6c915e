/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.github.gssloss.files.UserInputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a file of JSON. Gson's own parser keeps the last of two values that have one key; here the
 * second one is a mistake.
 */
final class StrictJson {

    private static final Pattern PLACE = Pattern.compile("line \\d+ column \\d+");

    private final Path file;
    private final JsonReader json;

    private StrictJson(Path file, JsonReader json) {
        this.file = file;
        this.json = json;
    }

    /**
     * Reads a file.
     *
     * @throws UserInputException where it cannot be opened, is no JSON, or gives a key twice
     */
    static JsonElement read(Path file) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new UserInputException(file + ": no such file");
        }
        NamedFile.unreadable(file)
                .ifPresent(
                        why -> {
                            throw new UserInputException(file + ": cannot be opened: " + why);
                        });
        try (Reader text = Files.newBufferedReader(file);
                JsonReader json = new JsonReader(text)) {
            json.setStrictness(Strictness.STRICT);
            return new StrictJson(file, json).document();
        } catch (CharacterCodingException e) {
            throw new UserInputException(file + ": expected text in UTF-8, got other bytes", e);
        } catch (IOException e) {
            throw new UserInputException(file + ": cannot be read: " + NamedFile.words(e), e);
        }
    }

    private JsonElement document() throws IOException {
        try {
            JsonElement all = value("");
            if (json.peek() != JsonToken.END_DOCUMENT) {
                throw new MalformedJsonException("more than one value");
            }
            return all;
        } catch (MalformedJsonException | EOFException e) {
            // Only the text of the reader tells the line.
            Matcher place = PLACE.matcher(json.toString());
            throw new UserInputException(
                    "%s: expected JSON, got something else at %s"
                            .formatted(file, place.find() ? place.group() : json.getPath()),
                    e);
        }
    }

    /** Reads a value; {@code where} are the keys that lead to it. */
    private JsonElement value(String where) throws IOException {
        return switch (json.peek()) {
            case BEGIN_OBJECT -> object(where);
            case BEGIN_ARRAY -> array(where);
            case STRING -> new JsonPrimitive(json.nextString());
            case NUMBER -> new JsonPrimitive(number(where));
            case BOOLEAN -> new JsonPrimitive(json.nextBoolean());
            case NULL -> {
                json.nextNull();
                yield JsonNull.INSTANCE;
            }
            default -> throw new MalformedJsonException("no value");
        };
    }

    private JsonObject object(String where) throws IOException {
        JsonObject object = new JsonObject();
        json.beginObject();
        while (json.hasNext()) {
            String key = json.nextName();
            if (object.has(key)) {
                throw new UserInputException(
                        "%s: expected each key once, got '%s' twice"
                                .formatted(prefix(file, where), key));
            }
            object.add(key, value(where.isEmpty() ? key : where + ": " + key));
        }
        json.endObject();
        return object;
    }

    private JsonArray array(String where) throws IOException {
        JsonArray array = new JsonArray();
        json.beginArray();
        while (json.hasNext()) {
            array.add(value("%s[%d]".formatted(where, array.size())));
        }
        json.endArray();
        return array;
    }

    private BigDecimal number(String where) throws IOException {
        String text = json.nextString();
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new UserInputException(
                    "%s: expected a smaller number, got %s".formatted(prefix(file, where), text),
                    e);
        }
    }

    /** What a line about a value begins with. */
    static String prefix(Path file, String where) {
        return where.isEmpty() ? file.toString() : file + ": " + where;
    }
}
