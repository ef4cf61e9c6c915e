/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import io.github.gssloss.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * How far a cell has come. It is written whenever that changes, so that a stopped experiment knows
 * what need not be repeated.
 *
 * @param trained whether its training came to its end
 * @param trainSeconds the wall time of the training that came to its end; where it had been stopped
 *     before, of its last part
 * @param judgedWith the subsets and overlap that it was judged with; empty: not judged
 * @param judgeSeconds the wall time of the judgement that came to its end
 * @param failure why it stopped, in one line; empty: it did not fail
 */
record CellOutcome(
        boolean trained,
        double trainSeconds,
        String judgedWith,
        double judgeSeconds,
        String failure) {

    /** Of a cell that nothing was done for. */
    static final CellOutcome NONE = new CellOutcome(false, 0, "", 0, "");

    private static final YAMLMapper YAML =
            YAMLMapper.builder().disable(YAMLWriteFeature.WRITE_DOC_START_MARKER).build();

    CellOutcome withTraining(double seconds) {
        return new CellOutcome(true, seconds, "", 0, "");
    }

    CellOutcome withJudgement(String with, double seconds) {
        return new CellOutcome(trained, trainSeconds, with, seconds, "");
    }

    CellOutcome withFailure(String why) {
        String line = why.strip().replaceAll("\\s*\\R\\s*", " ");
        return new CellOutcome(trained, trainSeconds, judgedWith, judgeSeconds, line);
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
            CellOutcome read = YAML.readValue(file.toFile(), CellOutcome.class);
            return Files.isRegularFile(run.resolve("settings.yaml"))
                    ? read
                    : NONE.withFailure(read.failure());
        } catch (JacksonException e) {
            return NONE;
        }
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        WholeFile.write(file, YAML.writeValueAsString(this));
    }
}
