/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.Counted;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.program.evaluation.BranchScores;
import io.github.gssloss.program.evaluation.LeaderProposal;
import io.github.gssloss.program.evaluation.LeaderRun;
import io.github.gssloss.program.evaluation.UnseenCases;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gss leaders}: measures which modalities should lead which class. */
@Command(name = "leaders", sortOptions = false)
public final class LeadersCommand implements Callable<Integer> {

    @Option(names = "--run", paramLabel = "RUN", required = true)
    private Path run;

    @Mixin private CaseOptions cases;
    @Mixin private IntakeOptions intake;

    @Option(names = "--margin", paramLabel = "POINTS")
    private double margin = 5;

    @Option(names = "--checkpoint", paramLabel = "FILE")
    private Optional<Path> checkpoint;

    @Mixin private ThreadOptions threads;
    @Mixin private Console console;

    @Override
    public Integer call() throws IOException {
        RunFolder folder = RunFolder.open(run);
        checkpoint.ifPresent(file -> Inputs.file("--checkpoint", file));
        if (!(margin >= 0 && margin <= 100)) {
            throw new UserInputException("--margin: expected 0 to 100 points, got " + margin);
        }
        Path data = cases.data();
        DataDescription description = folder.settings().description();
        List<String> problems = intake.leftOut(data, description);
        threads.set(0);
        Path weights = checkpoint.orElseGet(() -> Checkpoints.last(folder));
        console.print(Checkpoints.words(folder, weights));
        Cohort all = Cohort.find(data, description).requireAll(true);
        List<CaseFiles> found = UnseenCases.of(folder, all).cases();
        console.print(
                "%s, of which %s"
                        .formatted(
                                Counted.of(all.cases().size(), "case"),
                                Counted.of(
                                        all.cases().size() - found.size(),
                                        "was trained on and is left out",
                                        "were trained on and are left out")));
        BranchScores scores =
                new LeaderRun(folder, weights, console.progress()).measure(found, cases.cache(run));
        LeaderProposal proposal = new LeaderProposal(description, scores, margin / 100);
        console.print(
                "Dice of each branch alone, %: mean over the cases that have the class"
                        + " [95 % interval]");
        console.print("");
        proposal.table().forEach(console::print);
        console.print("");
        proposal.certainties().forEach(console::print);
        console.print("");
        console.print("--loss.groups '" + proposal.groups() + "'");
        return console.exit(problems);
    }
}
