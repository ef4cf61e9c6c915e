/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.UserInputException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Short words for the settings of the network. */
final class ModelOptions {

    @Option(names = "--model", paramLabel = "NAME|FILE.pt")
    private Optional<String> model;

    @Option(names = "--layout", paramLabel = "OUTPUTS")
    private Optional<String> layout;

    @Option(names = "--weights", paramLabel = "FILE")
    private Optional<String> weights;

    /** Adds what was given to the settings of the command line. */
    Map<String, String> addTo(Map<String, String> values) {
        Map<String, String> all = new LinkedHashMap<>(values);
        boolean file = model.filter(name -> name.endsWith(".pt")).isPresent();
        if (file) {
            put(all, "model.name", "torchscript");
        }
        model.ifPresent(name -> put(all, file ? "model.file" : "model.name", name));
        layout.ifPresent(text -> put(all, "model.layout", text));
        weights.ifPresent(text -> put(all, "model.weights", text));
        return all;
    }

    /** Adds a setting that may not be there yet. */
    static void put(Map<String, String> values, String key, String value) {
        if (values.putIfAbsent(key, value) != null) {
            throw new UserInputException(key + ": given twice on the command line");
        }
    }
}
