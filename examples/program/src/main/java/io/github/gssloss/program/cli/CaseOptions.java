/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.CacheFolder;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The options of every command that reads cases. */
final class CaseOptions {

    private static final Logger LOG = LoggerFactory.getLogger(CaseOptions.class);

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            required = true,
            description =
                    "Folder with one folder of NIfTI files for each case, as BraTS has it, or the"
                            + " raw form of nnU-Net.")
    private Path data;

    @Option(
            names = "--cache",
            paramLabel = "FOLDER",
            description =
                    "Folder for the prepared cases, which all runs may share; default: that of the"
                            + " user, see gss cache --help.")
    private Optional<Path> cache;

    /** Returns the data folder, which exists. */
    Path data() {
        Inputs.folder("--data", data);
        return data;
    }

    /** Returns the folder of the prepared cases of a command that writes to {@code out}. */
    Path cache(Path out) {
        return cache(cache, out);
    }

    static Path cache(Optional<Path> given, Path out) {
        return given.orElseGet(
                () -> CacheFolder.writable(out.resolve(CacheFolder.IN_RUN), LOG::warn));
    }
}
