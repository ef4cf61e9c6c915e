/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.runfolder;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.config.Yaml;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What an exported model says of its own entries: the first of them, {@code manifest.yaml}.
 *
 * @param format {@value #FORMAT}
 * @param version the version of the format
 * @param entries the other entries by name
 */
record ModelManifest(String format, int version, SortedMap<String, Entry> entries) {

    /** The name of the entry. */
    static final String NAME = "manifest.yaml";

    /** What the format is called. */
    static final String FORMAT = "gss-model";

    /** Raised when an earlier version of the program could no longer use what is written. */
    static final int VERSION = 1;

    /**
     * An entry.
     *
     * @param bytes how many it has
     * @param sha256 their checksum, 64 hexadecimal digits
     */
    record Entry(long bytes, String sha256) {}

    /** Keeps a copy; a key of a file may be without a value. */
    ModelManifest {
        if (entries == null || entries.containsValue(null)) {
            throw new IllegalArgumentException("entries: expected some, each with a value");
        }
        entries = new TreeMap<>(entries);
    }

    /** The manifest that this version of the program writes. */
    static ModelManifest of(SortedMap<String, Entry> entries) {
        return new ModelManifest(FORMAT, VERSION, entries);
    }

    String yaml() {
        return Yaml.MAPPER.writeValueAsString(this);
    }

    /**
     * Reads a manifest. The version comes first: a later one may have other keys.
     *
     * @param text YAML
     * @param archive names the file in errors
     * @throws UserInputException if it is none that this version of the program can read
     */
    static ModelManifest parse(String text, String archive) {
        try {
            JsonNode root = Yaml.MAPPER.readTree(text);
            String format = root.path("format").asString("");
            if (!format.equals(FORMAT) || !root.path("version").isInt()) {
                throw new UserInputException(
                        "%s, entry %s: expected format %s and a version, got '%s'"
                                .formatted(archive, NAME, FORMAT, format));
            }
            int version = root.path("version").asInt();
            if (version != VERSION) {
                throw new UserInputException(
                        "%s: expected a model of format version %d, got version %d%s"
                                .formatted(
                                        archive,
                                        VERSION,
                                        version,
                                        version > VERSION
                                                ? ", which a later version of gss has written"
                                                : ""));
            }
            return Yaml.MAPPER.treeToValue(root, ModelManifest.class);
        } catch (JacksonException e) {
            throw new UserInputException(
                    "%s, entry %s: expected names with bytes and sha256, got something else"
                            .formatted(archive, NAME),
                    e);
        }
    }
}
