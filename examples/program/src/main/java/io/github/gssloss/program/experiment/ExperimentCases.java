/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import ai.djl.util.Progress;
import com.fasterxml.jackson.annotation.JsonAlias;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.files.WholeFile;
import io.github.gssloss.program.config.Yaml;
import io.github.gssloss.program.runfolder.RunCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.core.JacksonException;

/**
 * Holds an experiment to its cases: all cells are trained and evaluated on the same, or their
 * scores cannot be compared.
 */
final class ExperimentCases {

    private final ExperimentFolder folder;
    private final CaseFolders cases;

    ExperimentCases(ExperimentFolder folder, CaseFolders cases) {
        this.folder = folder;
        this.cases = cases;
    }

    /**
     * Makes phantoms that are not there yet, and checks what cells have in common.
     *
     * @param grid all cells
     * @param cells those that are to be worked on
     * @param progress follows the phantoms
     * @throws UserInputException if cases cannot be used or have changed, or the folder holds
     *     another experiment
     */
    void prepare(Grid grid, List<Cell> cells, Progress progress) throws IOException {
        checkSources();
        grid.checkSettings(cells);
        cases.prepare(progress);
        grid.checkHidden(cells);
        checkSame();
    }

    /**
     * Checks that the cases come from where they came from when the experiment began.
     *
     * @throws UserInputException if they do not
     */
    void checkSources() throws IOException {
        CasesRecord now = new CasesRecord(cases.words("data"), cases.words("evaluate"), null, null);
        if (!Files.exists(folder.record())) {
            now.write(folder.record());
            return;
        }
        CasesRecord there = CasesRecord.read(folder.record());
        checkSame("data", there.data, now.data);
        checkSame("evaluate", there.evaluate, now.evaluate);
    }

    private void checkSame(String purpose, String there, String now) {
        if (!now.equals(there)) {
            throw new UserInputException(
                    ("%1$s: holds an experiment with other cases (there %2$s: '%3$s', now %2$s:"
                                    + " '%4$s'); choose another folder")
                            .formatted(
                                    folder.path(),
                                    purpose,
                                    Objects.requireNonNullElse(there, "nothing"),
                                    now));
        }
    }

    /**
     * Checks that every case is what it was when the first cell began; before that, records what
     * the cases are. Several cells may ask at once.
     *
     * @throws UserInputException if a case has changed, is missing or new
     */
    synchronized void checkSame() throws IOException {
        CasesRecord there = CasesRecord.read(folder.record());
        SortedMap<String, String> data = cases.keys("data");
        SortedMap<String, String> evaluate = cases.keys("evaluate");
        if (there.dataCases == null || there.evaluateCases == null) {
            new CasesRecord(there.data, there.evaluate, data, evaluate).write(folder.record());
            return;
        }
        Optional<String> difference =
                RunCases.difference("data", there.dataCases, data)
                        .or(() -> RunCases.difference("evaluate", there.evaluateCases, evaluate));
        if (difference.isPresent()) {
            throw new UserInputException(
                    "%s: its cases have changed since it began: %s; put them back, or choose another folder"
                            .formatted(folder.path(), difference.get()));
        }
    }

    /**
     * The cases as the folder keeps them.
     *
     * @param data those to train on, in words
     * @param evaluate those to evaluate on, in words; "judge" is what an earlier version wrote
     * @param dataCases the key of each, by name; null before the first cell and in earlier versions
     * @param evaluateCases likewise
     */
    private record CasesRecord(
            String data,
            @JsonAlias("judge") String evaluate,
            SortedMap<String, String> dataCases,
            SortedMap<String, String> evaluateCases) {

        void write(Path file) throws IOException {
            WholeFile.write(file, Yaml.MAPPER.writeValueAsString(this));
        }

        static CasesRecord read(Path file) {
            try {
                return Yaml.MAPPER.readValue(file.toFile(), CasesRecord.class);
            } catch (JacksonException e) {
                throw new UserInputException(
                        file + ": expected the cases of an experiment, got: " + e, e);
            }
        }
    }
}
