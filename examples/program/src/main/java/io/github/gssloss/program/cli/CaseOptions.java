/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of every command that reads cases. */
final class CaseOptions {

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            required = true,
            description = "Folder with one folder of NIfTI files for each case, as BraTS has it.")
    private Path data;

    @Option(
            names = "--cache",
            paramLabel = "FOLDER",
            description =
                    "Folder for the prepared cases, which runs may share; default: cache in --out.")
    private Optional<Path> cache;

    /** Returns the data folder, which exists. */
    Path data() {
        Inputs.folder("--data", data);
        return data;
    }

    /** Returns the folder of the prepared cases of a command that writes to {@code out}. */
    Path cache(Path out) {
        return cache.orElse(out.resolve("cache"));
    }
}
