/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.program.config.DatasetSettings;
import io.github.gssloss.program.config.RunSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A short word for what cases are. */
final class DatasetOptions {

    @Option(
            names = {"--dataset", "--labels"},
            paramLabel = "brats2020|brats2023|brats2015|nnunet")
    private Optional<String> kind;

    /** Adds what was given to the settings of the command line. */
    Map<String, String> addTo(Map<String, String> values) {
        Map<String, String> all = new LinkedHashMap<>(values);
        kind.ifPresent(name -> ModelOptions.put(all, "dataset.kind", name));
        return all;
    }

    /** What the cases of a folder show: as the option or else the folder says it. */
    DataDescription description(Path data) {
        Map<String, String> values = DatasetSettings.described(addTo(Map.of()), data);
        return RunSettings.of(values).description();
    }
}
