/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.github.gssloss.files.WholeFile;
import io.github.gssloss.program.config.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;

/**
 * How far a cell has come. It is written whenever that changes, so that a stopped experiment knows
 * what need not be repeated. The aliases are the names in files of earlier versions.
 *
 * @param trained whether its training came to its end
 * @param trainSeconds the wall time of the training that came to its end; where it had been stopped
 *     before, of its last part
 * @param evaluatedWith the subsets and overlap that it was evaluated with; empty: not evaluated
 * @param evaluateSeconds the wall time of the evaluation that came to its end
 * @param failure why it stopped, in one line; empty: it did not fail
 */
record CellOutcome(
        boolean trained,
        double trainSeconds,
        @JsonAlias("judgedWith") String evaluatedWith,
        @JsonAlias("judgeSeconds") double evaluateSeconds,
        String failure) {

    /** Of a cell that nothing was done for. */
    static final CellOutcome NONE = new CellOutcome(false, 0, "", 0, "");

    CellOutcome withTraining(double seconds) {
        return new CellOutcome(true, seconds, "", 0, "");
    }

    CellOutcome withEvaluation(String with, double seconds) {
        return new CellOutcome(trained, trainSeconds, with, seconds, "");
    }

    CellOutcome withFailure(String why) {
        String line = why.strip().replaceAll("\\s*\\R\\s*", " ");
        return new CellOutcome(trained, trainSeconds, evaluatedWith, evaluateSeconds, line);
    }

    boolean failed() {
        return !failure.isEmpty();
    }

    /**
     * Reads a file; one that is missing or damaged says that nothing was done.
     *
     * @param file the file
     * @param run the folder of the cell's run: a training whose folder was removed is none
     */
    static CellOutcome read(Path file, Path run) {
        if (!Files.isRegularFile(file)) {
            return NONE;
        }
        try {
            CellOutcome read = Yaml.MAPPER.readValue(file.toFile(), CellOutcome.class);
            return Files.isRegularFile(run.resolve("settings.yaml"))
                    ? read
                    : NONE.withFailure(read.failure());
        } catch (JacksonException e) {
            return NONE;
        }
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        WholeFile.write(file, Yaml.MAPPER.writeValueAsString(this));
    }
}
