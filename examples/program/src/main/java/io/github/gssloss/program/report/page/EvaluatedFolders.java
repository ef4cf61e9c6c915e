/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.files.UserInputException;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what an evaluation has left: the folder of one run, or one folder for each of several. */
final class EvaluatedFolders {

    private static final String COMPARISON = "comparison.csv";

    private EvaluatedFolders() {}

    /**
     * Finds the runs of an evaluation.
     *
     * @param folder the folder that the evaluation wrote to
     * @return the runs; of several, first the one that the comparison leaves out because all others
     *     are compared with it, then the others in its order
     * @throws UserInputException if there is no such folder or it holds no scores
     */
    static List<JudgedRun> find(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new UserInputException(
                    folder + ": expected the folder of an evaluation, found none");
        }
        if (Files.isRegularFile(folder.resolve(EvaluationFolder.SCORES))) {
            return List.of(new JudgedRun(folder, Optional.empty()));
        }
        List<Path> inside = inside(folder);
        if (inside.isEmpty()) {
            throw new UserInputException(
                    "%s: expected the folder of an evaluation, found no %s in it"
                            .formatted(folder, EvaluationFolder.SCORES));
        }
        List<String> order = compared(folder.resolve(COMPARISON));
        return inside.stream()
                .sorted(Comparator.comparingInt(path -> order.indexOf(name(path))))
                .map(path -> new JudgedRun(path, Optional.empty()))
                .toList();
    }

    /** The runs that the evaluation compared with the first one, which is not among them. */
    private static List<String> compared(Path comparison) {
        if (!Files.isRegularFile(comparison)) {
            return List.of();
        }
        CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
        try (CSVParser parser = CSVParser.parse(comparison, StandardCharsets.UTF_8, format)) {
            return parser.stream().map(row -> row.get("run")).distinct().toList();
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new UserInputException(
                    comparison + ": expected differences with a column run", e);
        }
    }

    private static List<Path> inside(Path folder) {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(path -> Files.isRegularFile(path.resolve(EvaluationFolder.SCORES)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path path) {
        Path last = path.getFileName();
        return last == null ? path.toString() : last.toString();
    }
}
