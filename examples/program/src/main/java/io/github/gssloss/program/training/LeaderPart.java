/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import ai.djl.util.Progress;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.files.WholeFile;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.config.SettingValues;
import io.github.gssloss.program.evaluation.BranchScores;
import io.github.gssloss.program.evaluation.LeaderProposal;
import io.github.gssloss.program.evaluation.LeaderRun;
import io.github.gssloss.program.evaluation.UnseenCases;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The first part of a training whose groups are {@code auto}: a run without distillation, the
 * leaders as its branches show them on cases that it was not trained on, and the settings of the
 * run that goes on with them from its weights. Where it was stopped it goes on.
 *
 * @param settings the settings of the training, with groups {@code auto}
 * @param progress the display of cases and steps
 */
record LeaderPart(RunSettings settings, Progress progress) {

    /** The folder of the first part within that of the run. */
    static final String FOLDER = "leaders";

    /** How far below the best branch a leader may be, as {@code gss leaders} has it. */
    private static final double MARGIN = 0.05;

    /**
     * Trains the first part and measures.
     *
     * @return the settings of the run that goes on: its groups and the weights to start from
     */
    RunSettings train(Path data, Path out, Path cache, String commandLine, Consumer<String> notes)
            throws IOException {
        if (!settings.validates()) {
            throw new UserInputException(
                    "loss.groups: expected other cases to measure the leaders on where they are"
                            + " auto (--fold or --validation), got none");
        }
        RunFolder first = first(data, out.resolve(FOLDER), cache, commandLine, notes);
        Path weights = Checkpoints.last(first);
        Path held = settings.validation().map(Path::of).orElse(data);
        Cohort all = Cohort.find(held, settings.description());
        List<CaseFiles> cases = UnseenCases.of(first, all).cases();
        BranchScores scores = new LeaderRun(first, weights, progress).measure(cases, cache);
        LeaderProposal proposal = new LeaderProposal(settings.description(), scores, MARGIN);
        List<String> lines = new ArrayList<>(proposal.table());
        lines.add("");
        lines.addAll(proposal.certainties());
        lines.add("");
        lines.add("loss.groups: " + proposal.groups());
        lines.forEach(notes);
        WholeFile.write(
                out.resolve(FOLDER).resolve("leaders.txt"), String.join("\n", lines) + "\n");
        return SettingValues.withLeaders(
                settings, proposal.groups(), weights.toAbsolutePath().normalize());
    }

    private RunFolder first(
            Path data, Path folder, Path cache, String commandLine, Consumer<String> notes)
            throws IOException {
        RunSettings wanted = SettingValues.beforeLeaders(settings);
        if (!RunPlace.holdsRun(folder)) {
            notes.accept("first part: without distillation, in " + folder);
            return new TrainingRun(wanted, progress).run(data, folder, cache, commandLine, notes);
        }
        RunFolder there = RunFolder.open(folder);
        there.settings()
                .difference(wanted)
                .ifPresent(
                        difference -> {
                            throw new UserInputException(
                                    "%s: was begun with other settings (%s); choose another folder"
                                            .formatted(folder, difference));
                        });
        return TrainingRun.resume(there, data, cache, progress, notes);
    }
}
