/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A small raw folder of nnU-Net with two channels and empty files. JSON has ' for ". */
final class NnUnetExample {

    private final Path folder;
    private final Map<String, String> keys = new LinkedHashMap<>();

    NnUnetExample(Path folder) {
        this.folder = folder;
        keys.put("channel_names", "{'0': 'T1', '1': 'T2'}");
        keys.put("labels", "{'background': 0, 'oedema': 1, 'scar': 2}");
        keys.put("numTraining", "1");
        keys.put("file_ending", "'.nii.gz'");
        write();
    }

    NnUnetExample with(String key, String json) {
        keys.put(key, json);
        write();
        return this;
    }

    NnUnetExample without(String key) {
        keys.remove(key);
        write();
        return this;
    }

    private void write() {
        text(
                keys.entrySet().stream()
                        .map(one -> "'%s': %s".formatted(one.getKey(), one.getValue()))
                        .collect(Collectors.joining(", ", "{", "}")));
    }

    NnUnetExample text(String json) {
        write(file(), json);
        return this;
    }

    static void write(Path file, String json) {
        try {
            Files.writeString(file, json.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    NnUnetExample files(String under, String... names) throws IOException {
        Files.createDirectories(folder.resolve(under));
        for (String name : names) {
            Files.createFile(folder.resolve(under).resolve(name));
        }
        return this;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    Path file() {
        return folder.resolve("dataset.json");
    }

    NnUnetJson read() {
        return NnUnetJson.read(file());
    }

    Cohort cohort() {
        NnUnetFolder opened = NnUnetFolder.open(folder);
        return opened.cohort(opened.description());
    }

    /** The message follows the path of dataset.json; it is one line. */
    void refuses(String message) {
        refuses(this::read, file() + ": " + message);
    }

    static void refuses(Runnable act, String message) {
        assertThatThrownBy(act::run).isInstanceOf(UserInputException.class).hasMessage(message);
    }
}
