/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.Dicom;
import io.github.gssloss.program.part.CasePart;
import io.github.gssloss.program.prediction.FolderPrediction;
import io.github.gssloss.program.prediction.NewCases;
import io.github.gssloss.program.prediction.PredictionRun;
import io.github.gssloss.program.prediction.PredictionSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gss predict}: segments a subject, or the cases of a folder. */
@Command(name = "predict", sortOptions = false)
public final class PredictCommand implements Callable<Integer> {

    @Mixin private RunOptions runs;

    @ArgGroup(multiplicity = "1")
    private Source source;

    @Option(names = "--out", paramLabel = "PATH", required = true)
    private Path out;

    @Mixin private PartOptions parts;
    @Mixin private PredictionOptions how;
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
        List<RunFolder> folders = runs.open();
        Optional<CasePart> own = parts.part();
        if (source.subject != null && (own.isPresent() || parts.collect())) {
            throw new UserInputException(
                    "--part and --collect: expected --data beside them, got --subject");
        }
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
                                        .map(one -> RunWeights.of(one, runs.checkpoint()))
                                        .toList(),
                                settings,
                                console.progress())
                        .withPictures(how.pictures());
        prediction.weights().forEach(console::print);
        if (source.subject != null) {
            prediction.predict(place, out, how.overwrite()).forEach(console::print);
            console.print("Segmentation in " + out);
            return console.exit(problems);
        }
        problems.addAll(folder(new FolderPrediction(prediction, place, out, how.overwrite()), own));
        return console.exit(problems);
    }

    /** All cases, one job of many, or what these have left. */
    private List<String> folder(FolderPrediction cases, Optional<CasePart> own) throws IOException {
        FolderPrediction.Result result;
        if (own.isPresent()) {
            result = cases.part(own.get());
        } else {
            result = parts.collect() ? cases.collect() : cases.segment();
        }
        result.lines().forEach(console::print);
        if (own.isPresent()) {
            console.print(result.counts().words(own.get(), "segmented"));
        } else if (cases.hasTable()) {
            console.print("Segmentations and volumes.csv in " + out);
        }
        return result.problems();
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
        return how.settings(description);
    }
}
