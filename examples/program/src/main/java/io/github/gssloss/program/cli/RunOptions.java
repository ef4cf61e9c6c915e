/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.runfolder.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Trained runs and their weights; of every command that may use several. */
public final class RunOptions {

    @Option(
            names = "--run",
            paramLabel = "RUN",
            required = true,
            description =
                    "Folder that gss train, or file that gss export has left; given several"
                            + " times, the probabilities of their networks are averaged.")
    private List<Path> runs;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description =
                    "Weights to use, of a single run; default: the newest of the run that are"
                            + " whole, at the end of an epoch or where it was stopped.")
    private Optional<Path> checkpoint = Optional.empty();

    /**
     * Opens the runs. An exported model is unpacked each time.
     *
     * @return them in the order in which they were given
     * @throws UserInputException if one is none or is given twice, or there are several beside a
     *     checkpoint
     */
    public List<RunFolder> open() {
        List<RunFolder> folders = runs.stream().map(RunFolder::open).toList();
        checkpoint.ifPresent(file -> Inputs.file("--checkpoint", file));
        if (checkpoint.isPresent() && folders.size() > 1) {
            throw new UserInputException(
                    "--checkpoint: expected a single --run beside it, got " + folders.size());
        }
        // A run that counts twice among those that are averaged was not meant.
        Inputs.different("--run", runs);
        return folders;
    }

    /**
     * Returns the folders.
     *
     * @return at least one
     */
    public List<Path> paths() {
        return List.copyOf(runs);
    }

    /**
     * Returns the weights.
     *
     * @return the file; empty: the newest of each run
     */
    public Optional<Path> checkpoint() {
        return checkpoint;
    }
}
