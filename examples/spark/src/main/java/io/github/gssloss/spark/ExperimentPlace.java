/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import io.github.gssloss.program.cli.CellMain;
import io.github.gssloss.program.config.Experiment;
import io.github.gssloss.program.experiment.ChildJava;
import io.github.gssloss.program.experiment.ExperimentRun;
import io.github.gssloss.program.experiment.SharedExperiment;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An experiment and its folders, by paths that driver and executors share. Text, since it travels.
 *
 * @param file the YAML file
 * @param data the cases to train on; empty: those that the experiment names
 * @param evaluate the cases to evaluate on; empty: likewise
 * @param out the folder for everything
 * @param cache the folder of the prepared cases, on the disk of each machine or shared
 * @param childOptions options of the Java of each cell; none: the memory of the executor
 * @serial exclude
 */
@SuppressWarnings(
        "InvalidBlockTag") // It is allowed: Javadoc wants comments on what a record cannot comment.
public record ExperimentPlace(
        String file,
        String data,
        String evaluate,
        String out,
        String cache,
        List<String> childOptions)
        implements Serializable {

    /**
     * Keeps a copy of the options.
     *
     * @param file the YAML file
     * @param data the cases to train on; empty: those that the experiment names
     * @param evaluate the cases to evaluate on; empty: likewise
     * @param out the folder for everything
     * @param cache the folder of the prepared cases, on the disk of each machine or shared
     * @param childOptions options of the Java of each cell; none: the memory of the executor
     */
    public ExperimentPlace {
        childOptions = List.copyOf(childOptions);
    }

    /** Opens it where no cell is worked on. */
    SharedExperiment open() {
        return open(ChildJava.likeThis(CellMain.class), 1);
    }

    /** Opens it where the cells are worked on in processes of their own. */
    SharedExperiment open(ChildJava child, int threads) {
        Optional<Path> trained = path(data);
        return ExperimentRun.shared(
                Experiment.read(Path.of(file), trained),
                trained,
                path(evaluate),
                Path.of(out),
                Path.of(cache),
                Optional.of(child),
                Optional.of(threads));
    }

    private static Optional<Path> path(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    }
}
