/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.runfolder;

import io.github.gssloss.core.ClassDecisions;
import io.github.gssloss.core.Decision;
import io.github.gssloss.core.DecisionShares;
import io.github.gssloss.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * How the votes of some steps of a run were decided, as a CSV file: {@code epoch,step,undecided},
 * then for each class the share of each {@link Decision} over the voxels labelled with it, as in
 * {@code ED ALL_LEADERS}, empty where the batch has none, and the Dice of the soft target, {@code
 * ED teacher}. All shares lie between 0 and 1.
 */
public final class DecisionsCsv {

    /** What the column of the soft target's Dice ends with. */
    public static final String TEACHER = "teacher";

    /** The decisions that have a column: in a training every modality is there. */
    private static final List<Decision> DECISIONS =
            List.of(
                    Decision.ALL_LEADERS,
                    Decision.SOME_LEADERS,
                    Decision.MEMBERS,
                    Decision.MINIMUM);

    private final Path file;

    /**
     * Goes on with a file.
     *
     * @param file the file; made with the first row
     */
    public DecisionsCsv(Path file) {
        this.file = file;
    }

    /**
     * Returns the columns of a class.
     *
     * @param className its name
     * @return four shares and the Dice of the soft target
     */
    public static List<String> columns(String className) {
        List<String> columns = new ArrayList<>();
        DECISIONS.forEach(decision -> columns.add(className + " " + decision));
        columns.add(className + " " + TEACHER);
        return columns;
    }

    /**
     * Removes the rows of a step and all later ones, and a row that was never finished.
     *
     * @param step the step, from 0
     * @throws IOException if the file cannot be read or written
     */
    public void cutFrom(long step) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        // The last piece is what follows the last line's end: nothing, or a row half written.
        List<String> lines = List.of(Files.readString(file).split("\n", -1));
        String kept =
                lines.subList(0, lines.size() - 1).stream()
                        .filter(line -> line.startsWith("epoch") || stepOf(line) < step)
                        .map(line -> line + "\n")
                        .collect(Collectors.joining());
        if (kept.isEmpty()) {
            Files.delete(file);
        } else {
            WholeFile.write(file, kept);
        }
    }

    private static long stepOf(String line) {
        return Long.parseLong(line.split(",", 3)[1]);
    }

    /**
     * Adds a row.
     *
     * @param epoch the epoch, from 0
     * @param step the step since the beginning of the run, from 0
     * @param shares how the votes of its batch were decided
     * @throws IOException if the file cannot be written
     */
    public void append(int epoch, long step, DecisionShares shares) throws IOException {
        List<String> header = new ArrayList<>(List.of("epoch", "step", "undecided"));
        List<String> row = new ArrayList<>(List.of("" + epoch, "" + step));
        row.add(Double.toString(shares.undecided()));
        for (ClassDecisions one : shares.classes()) {
            header.addAll(columns(one.className()));
            DECISIONS.forEach(decision -> row.add(cell(one.shareWithin(decision))));
            row.add(cell(one.targetDice()));
        }
        String text = Files.exists(file) ? "" : String.join(",", header) + "\n";
        Files.writeString(
                file,
                text + String.join(",", row) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static String cell(OptionalDouble number) {
        return number.isPresent() ? Double.toString(number.getAsDouble()) : "";
    }
}
