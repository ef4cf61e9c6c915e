/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Short words for the settings of which cases are trained on. */
final class SplitOptions {

    @Option(names = "--fold", paramLabel = "K")
    private Optional<String> fold;

    @Option(names = "--splits", paramLabel = "FILE.json")
    private Optional<String> file;

    /** Adds what was given to the settings of the command line. */
    Map<String, String> addTo(Map<String, String> values) {
        Map<String, String> all = new LinkedHashMap<>(values);
        fold.ifPresent(number -> ModelOptions.put(all, "split.fold", number));
        file.ifPresent(path -> ModelOptions.put(all, "split.file", path));
        return all;
    }
}
