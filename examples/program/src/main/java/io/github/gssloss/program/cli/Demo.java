/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.config.VolumeSize;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole way once, on artificial data: makes phantoms, trains a narrow RFNet with GSS on some of
 * them, and judges it on others it has not seen, with all 15 subsets of the modalities. {@code mvn
 * -Pdemo} runs it.
 */
public final class Demo {

    /** What differs from the paper's recipe, so that two cores are done in minutes. */
    private static final Map<String, String> SMALL =
            Map.of(
                    "model.width", "8",
                    "crop", "24",
                    "epochs", "14",
                    "iterations", "20",
                    "lr", "0.01",
                    "tumourFraction", "0.3",
                    "checkpointEvery", "7",
                    "seed", "1");

    private static final VolumeSize SHAPE = VolumeSize.cube(48);
    private static final int TRAINED = 16;
    private static final int JUDGED = 4;

    private Demo() {}

    /**
     * Runs the demo.
     *
     * @param args the folder to work in: its phantoms are made anew, runs are added
     * @throws IOException if the folder cannot be written
     */
    public static void main(String[] args) throws IOException {
        Gss.optOutOfTracking();
        run(Path.of(args[0]), Console.stdout("mvn -Pdemo"));
    }

    private static void run(Path folder, Console console) throws IOException {
        Path run = freeRun(folder);
        Path data = run.resolve("phantoms");
        Path cache = run.resolve("cache");
        Work.phantoms(data.resolve("trained"), TRAINED, 1, SHAPE, console);
        Work.phantoms(data.resolve("judged"), JUDGED, 2, SHAPE, console);
        Work.train(RunSettings.of(SMALL), data.resolve("trained"), run, cache, console);
        Work.evaluate(
                new EvaluationRequest(
                        List.of(RunFolder.open(run)),
                        Optional.empty(),
                        new EvaluationSettings(ModalitySubset.PAPER_ORDER, EvaluationSettings.HALF),
                        data.resolve("judged"),
                        run,
                        cache),
                console);
    }

    /** The first of run-1, run-2... that is not there yet: no earlier run is touched. */
    private static Path freeRun(Path folder) {
        int number = 1;
        while (Files.exists(folder.resolve("run-" + number))) {
            number++;
        }
        return folder.resolve("run-" + number);
    }
}
