/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.program.cli.Inputs;
import io.github.gssloss.program.cli.IntakeOptions;
import io.github.gssloss.program.cli.RunOptions;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands that give a cohort to networks have in common. */
final class CohortOptions {

    @Mixin private RunOptions runs;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FOLDER",
            description = "Folder of the cases, which all machines share.")
    private Path data;

    @Mixin private IntakeOptions intake;

    /** What the cases show, once it is checked that runs and cases are there. */
    DataDescription check() {
        DataDescription description = runs.open().get(0).settings().description();
        Inputs.folder("--data", data);
        return description;
    }

    /**
     * Where everything is.
     *
     * @param options the options that say how
     * @param out the folder for all results
     * @param cache the folder of the prepared cases; empty: there is none
     */
    CohortPlace place(List<String> options, String out, String cache) {
        return new CohortPlace(
                runs.paths().stream().map(ClusterOptions::text).toList(),
                runs.checkpoint().map(ClusterOptions::text).stream().toList(),
                options,
                ClusterOptions.text(data),
                out,
                cache);
    }

    /** A line for whatever is left out of the folder of the cases. */
    List<String> leftOut(DataDescription description) {
        return intake.leftOut(data, description);
    }
}
