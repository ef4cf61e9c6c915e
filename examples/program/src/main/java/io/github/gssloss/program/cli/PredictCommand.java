/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.program.evaluation.PredictionRun;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gss predict}: segments a subject. */
@Command(name = "predict", sortOptions = false)
public final class PredictCommand implements Callable<Integer> {

    @Option(names = "--run", paramLabel = "RUN", required = true)
    private Path run;

    @Option(names = "--subject", paramLabel = "DIR", required = true)
    private Path subject;

    @Option(names = "--modalities", paramLabel = "NAME", split = ",")
    private List<String> modalities = List.of();

    @Option(names = "--out", paramLabel = "FILE", required = true)
    private Path out;

    @Option(names = "--checkpoint", paramLabel = "FILE")
    private Optional<Path> checkpoint;

    @Option(names = "--overwrite")
    private boolean overwrite;

    @Mixin private IntakeOptions intake;
    @Mixin private ThreadOptions threads;
    @Mixin private Console console;

    @Override
    public Integer call() throws IOException {
        RunFolder folder = RunFolder.open(run);
        checkpoint.ifPresent(file -> Inputs.file("--checkpoint", file));
        Inputs.folder("--subject", subject);
        DataDescription description = folder.settings().description();
        Optional<ModalitySubset> used = subset(description);
        List<String> leftOut = intake.leftOut(subject, description);
        threads.set(0);
        PredictionRun prediction = new PredictionRun(folder, checkpoint, console.progress());
        console.print(prediction.weights());
        console.print(prediction.predict(subject, used, out, overwrite));
        console.print("Segmentation in " + out);
        return console.exit(leftOut);
    }

    /** The modalities to use; empty: those that there are. */
    Optional<ModalitySubset> subset(DataDescription description) {
        if (modalities.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(description.subset(String.join("+", modalities)));
        } catch (UserInputException e) {
            throw new UserInputException(
                    "--modalities: expected some of %s with commas, got %s"
                            .formatted(
                                    description.modalities().stream()
                                            .map(Modality::label)
                                            .collect(Collectors.joining(", ")),
                                    String.join(",", modalities)),
                    e);
        }
    }
}
