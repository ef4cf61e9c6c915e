/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.Dicom;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.prepare.WorkingSpacing;
import io.github.gssloss.program.prediction.NewCases;
import io.github.gssloss.program.prediction.PredictionRun;
import io.github.gssloss.program.prediction.PredictionRun.FolderResult;
import io.github.gssloss.program.prediction.PredictionSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunWeights;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code gss predict}: segments a subject, or the cases of a folder. */
@Command(name = "predict", sortOptions = false)
public final class PredictCommand implements Callable<Integer> {

    @Option(names = "--run", paramLabel = "RUN", required = true)
    private List<Path> runs;

    @ArgGroup(multiplicity = "1")
    private Source source;

    @Option(names = "--modalities", paramLabel = "NAME", split = ",")
    private List<String> modalities = List.of();

    @Option(names = "--out", paramLabel = "PATH", required = true)
    private Path out;

    @Option(names = "--checkpoint", paramLabel = "FILE")
    private Optional<Path> checkpoint;

    @Option(names = "--overwrite")
    private boolean overwrite;

    @Option(names = "--spacing", paramLabel = "MM")
    private Optional<String> spacing;

    @Mixin private WindowOptions windows;
    @Mixin private MapOptions maps;
    @Mixin private CleaningOptions cleaning;
    @Mixin private IntakeOptions intake;
    @Mixin private ThreadOptions threads;
    @Mixin private Console console;

    /** What to segment: one of the two. */
    private static final class Source {
        @Option(names = "--subject", paramLabel = "DIR", required = true)
        private Path subject;

        @Option(names = "--data", paramLabel = "FOLDER", required = true)
        private Path data;

        private Path place() {
            String option = subject == null ? "--data" : "--subject";
            Path place = subject == null ? data : subject;
            if (Files.isRegularFile(place)) {
                Dicom.refuse(place);
            }
            Inputs.folder(option, place);
            return place;
        }
    }

    @Override
    public Integer call() throws IOException {
        List<RunFolder> folders = runs.stream().map(RunFolder::open).toList();
        checkpoint.ifPresent(file -> Inputs.file("--checkpoint", file));
        if (checkpoint.isPresent() && folders.size() > 1) {
            throw new UserInputException(
                    "--checkpoint: expected a single --run beside it, got " + folders.size());
        }
        Inputs.different("--run", runs);
        Path place = source.place();
        DataDescription description = folders.get(0).settings().description();
        PredictionSettings settings = settings(description);
        NewCases.find(place, description);
        if (source.data != null) {
            requireFolder(out);
        }
        List<String> problems = new ArrayList<>(intake.leftOut(place, description));
        threads.set(0);
        PredictionRun prediction =
                new PredictionRun(
                                folders.stream()
                                        .map(one -> RunWeights.of(one, checkpoint))
                                        .toList(),
                                settings,
                                console.progress())
                        .withPictures(maps.pictures());
        prediction.weights().forEach(console::print);
        if (source.subject != null) {
            prediction.predict(place, out, overwrite).forEach(console::print);
            console.print("Segmentation in " + out);
            return console.exit(problems);
        }
        FolderResult result = prediction.predictAll(place, out, overwrite);
        result.lines().forEach(console::print);
        console.print("Segmentations and volumes.csv in " + out);
        problems.addAll(result.problems());
        return console.exit(problems);
    }

    /** What is named as a file is no folder of cases, though it is not there yet. */
    private static void requireFolder(Path out) {
        boolean file = Files.exists(out) && !Files.isDirectory(out);
        String name = out.toString().toLowerCase(Locale.ROOT);
        boolean image = name.endsWith(".nii") || name.endsWith(".nii.gz");
        if (file || (image && !Files.isDirectory(out))) {
            throw new UserInputException(
                    "--out %s: expected a folder for the cases of --data, got %s"
                            .formatted(out, file ? "a file" : "the name of an image"));
        }
    }

    /** How to segment. */
    PredictionSettings settings(DataDescription description) {
        return new PredictionSettings(
                subset(description),
                spacing.map(PredictCommand::spacing),
                windows.use(),
                maps.probabilities(),
                maps.entropy(),
                maps.disagreement(),
                cleaning.cleaning(description));
    }

    private static WorkingSpacing spacing(String text) {
        try {
            return WorkingSpacing.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UserInputException("--spacing: " + e.getMessage(), e);
        }
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
