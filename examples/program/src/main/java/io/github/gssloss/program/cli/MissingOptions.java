/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Short words for the settings of what is hidden from the cases. */
final class MissingOptions {

    @Option(names = "--missing", paramLabel = "FILE.csv")
    private Optional<String> scheme;

    @Option(names = "--missing-rate", paramLabel = "RATES")
    private Optional<String> rate;

    /** Adds what was given to the settings of the command line. */
    Map<String, String> addTo(Map<String, String> values) {
        Map<String, String> all = new LinkedHashMap<>(values);
        scheme.ifPresent(file -> ModelOptions.put(all, "missing.scheme", file));
        rate.ifPresent(text -> ModelOptions.put(all, "missing.rate", text));
        return all;
    }
}
