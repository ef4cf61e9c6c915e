/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.runs;

import io.github.gssloss.examples.UserInputException;
import io.github.gssloss.examples.train.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/** The weights of a run after some of its epochs, one file each. */
final class Checkpoints {

    private static final String PATTERN = "epoch-\\d{5}\\.(npz|pt)";

    private final RunFolder run;
    private final RunNetwork network;

    Checkpoints(RunFolder run, RunNetwork network) {
        this.run = run;
        this.network = network;
    }

    void write(int epochs) {
        String name = String.format(Locale.ROOT, "epoch-%05d.%s", epochs, network.checkpointType());
        network.save(run.checkpoints().resolve(name));
    }

    /**
     * Finds the newest weights of a run.
     *
     * @throws UserInputException if it has none
     */
    static Path last(RunFolder run) {
        try (Stream<Path> files = Files.list(run.checkpoints())) {
            return files.filter(file -> file.getFileName().toString().matches(PATTERN))
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> none(run));
        } catch (java.nio.file.NoSuchFileException e) {
            throw none(run);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UserInputException none(RunFolder run) {
        return new UserInputException(
                run.path() + ": expected a checkpoint in " + run.checkpoints() + ", found none");
    }
}
