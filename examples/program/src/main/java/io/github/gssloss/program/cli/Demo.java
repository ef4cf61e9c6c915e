/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The whole way once, on artificial data: makes phantoms, trains a narrow RFNet with GSS on some of
 * them, and evaluates it on others it has not seen, with all 15 subsets of the modalities. These
 * are commands of {@code gss}, shown before they run. {@code mvn -Pdemo} runs it.
 */
public final class Demo {

    /** What differs from the paper's recipe is so that two cores are done in minutes. */
    private static final String COMMANDS =
            """
            phantom --out RUN/phantoms/train --subjects 16 --seed 1 --shape 48
            phantom --out RUN/phantoms/test --subjects 4 --seed 2 --shape 48
            train --data RUN/phantoms/train --out RUN --model.width 8 --crop 24 --epochs 14 --iterations 20 \
            --lr 0.01 --foregroundFraction 0.3 --checkpointEvery 7 --seed 1 --cache RUN/cache
            evaluate --run RUN --data RUN/phantoms/test --out RUN --cache RUN/cache
            """;

    private Demo() {}

    /**
     * Runs the demo and exits.
     *
     * @param args the folder to work in: each demo makes a folder of its own there
     */
    public static void main(String[] args) {
        Gss.optOutOfTracking();
        StopSignal.listen();
        String run = freeRun(Path.of(args[0])).toString();
        int code = 0;
        for (String command : COMMANDS.lines().toList()) {
            List<String> words =
                    Stream.of(command.split(" ")).map(word -> word.replace("RUN", run)).toList();
            System.out.println("\ngss " + String.join(" ", words));
            code = Gss.commandLine().execute(words.toArray(String[]::new));
            if (code != 0) {
                break;
            }
        }
        StopSignal.exit(code);
    }

    /** The first of run-1, run-2... that is not there yet: no earlier run is touched. */
    private static Path freeRun(Path folder) {
        return IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> folder.resolve("run-" + number))
                .filter(Files::notExists)
                .findFirst()
                .orElseThrow();
    }
}
