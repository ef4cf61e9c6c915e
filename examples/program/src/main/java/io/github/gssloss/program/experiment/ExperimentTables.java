/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import io.github.gssloss.files.SpreadsheetText;
import io.github.gssloss.files.WholeFile;
import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.measure.ScoreTable;
import io.github.gssloss.program.config.Experiment;
import io.github.gssloss.program.report.page.ExperimentFacts;
import io.github.gssloss.program.report.page.ExperimentFacts.State;
import io.github.gssloss.program.report.page.ExperimentReport;
import io.github.gssloss.program.tables.ComparisonFormat;
import io.github.gssloss.program.tables.ScoresCsv;
import io.github.gssloss.program.tables.Table;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * The tables and the report of the cells that are finished, written anew after each of them.
 *
 * @param experiment the experiment
 * @param folder where they are written
 * @param grid the cells
 * @param cases where the cases come from
 */
record ExperimentTables(
        Experiment experiment, ExperimentFolder folder, Grid grid, CaseFolders cases) {

    private static final String[] COLUMNS = {
        "cell", "arm", "seed", "state", "train_seconds", "evaluate_seconds", "dice", "reason"
    };

    /** What is known of a cell. */
    record Status(Cell cell, State state, CellOutcome outcome, Optional<ScoreTable> scores) {}

    /** Every cell with its state, the starts first. */
    List<Status> statuses() {
        return grid.all().stream().map(this::status).toList();
    }

    private Status status(Cell cell) {
        CellOutcome outcome = grid.outcome(cell);
        boolean done = grid.isDone(cell);
        State state = done ? State.FINISHED : outcome.failed() ? State.FAILED : State.WAITING;
        Optional<ScoreTable> scores =
                done && !cell.isStart() ? Optional.of(scores(cell)) : Optional.empty();
        return new Status(cell, state, outcome, scores);
    }

    private ScoreTable scores(Cell cell) {
        return new ScoreTable(
                ScoresCsv.read(folder.scores(cell), experiment.description()), grid.subsets());
    }

    /** The average Dice of a cell that is finished. */
    double dice(Cell cell) {
        return scores(cell).mean(Metric.DICE);
    }

    /** Writes {@code cells.csv}, {@code results.md}, {@code results.csv}, {@code report.html}. */
    Optional<Comparison> write() throws IOException {
        List<Status> statuses = statuses();
        Optional<Comparison> comparison = comparison(statuses);
        WholeFile.write(folder.cells(), csv(statuses));
        WholeFile.write(folder.markdown(), markdown(statuses, comparison));
        if (comparison.isPresent()) {
            WholeFile.write(folder.csv(), ComparisonFormat.ofArms(comparison.get()).csv());
        } else {
            Files.deleteIfExists(folder.csv());
        }
        ExperimentReport.write(facts(statuses), comparison, folder.report());
        return comparison;
    }

    private Optional<Comparison> comparison(List<Status> statuses) {
        Map<String, Map<Long, ScoreTable>> arms = new LinkedHashMap<>();
        for (String arm : experiment.arms()) {
            // The folds of a seed together have a score of every case.
            Map<Long, List<Score>> rows = new LinkedHashMap<>();
            for (Status status : statuses) {
                if (status.cell().arm().equals(arm)) {
                    status.scores()
                            .ifPresent(
                                    table ->
                                            rows.computeIfAbsent(
                                                            status.cell().seed(),
                                                            seed -> new ArrayList<>())
                                                    .addAll(table.rows()));
                }
            }
            Map<Long, ScoreTable> seeds = new LinkedHashMap<>();
            rows.forEach((seed, all) -> seeds.put(seed, new ScoreTable(all, grid.subsets())));
            if (!seeds.isEmpty()) {
                arms.put(arm, seeds);
            }
        }
        // Without the first arm there is nothing that the others could be compared with.
        return arms.containsKey(experiment.arms().get(0))
                ? Optional.of(new Comparison(arms))
                : Optional.empty();
    }

    private static String csv(List<Status> statuses) throws IOException {
        StringWriter text = new StringWriter();
        CSVFormat format =
                CSVFormat.DEFAULT.builder().setHeader(COLUMNS).setRecordSeparator('\n').get();
        try (CSVPrinter printer = new CSVPrinter(text, format)) {
            for (Status one : statuses) {
                printer.printRecord(
                        one.cell().name(),
                        one.cell().arm(),
                        one.cell().seed(),
                        one.state(),
                        Math.round(one.outcome().trainSeconds()),
                        Math.round(one.outcome().evaluateSeconds()),
                        one.scores().<Object>map(table -> table.mean(Metric.DICE)).orElse(""),
                        SpreadsheetText.cell(one.outcome().failure()));
            }
        }
        return text.toString();
    }

    /** Without times: an experiment that was stopped and went on has the same tables. */
    private String markdown(List<Status> statuses, Optional<Comparison> comparison) {
        StringBuilder text = new StringBuilder("# ");
        text.append(Table.inMarkdown(experiment.plan().name())).append("\n\n");
        text.append("Trained on ").append(Table.inMarkdown(cases.words("data")));
        text.append("; evaluated on ").append(Table.inMarkdown(cases.words("evaluate")));
        text.append(".\n\n");
        long finished = statuses.stream().filter(one -> one.state() == State.FINISHED).count();
        text.append(finished).append(" of ").append(statuses.size());
        text.append(" cells are finished.\n\n");
        statuses.stream()
                .filter(one -> one.state() == State.FAILED)
                .map(one -> "- " + Table.inMarkdown(failure(one)) + "\n")
                .forEach(text::append);
        if (statuses.stream().anyMatch(one -> one.state() == State.FAILED)) {
            text.append('\n');
        }
        comparison.ifPresent(found -> text.append(ComparisonFormat.ofArms(found).markdown()));
        return text.toString();
    }

    /** Why a cell has no scores, in one line. */
    static String failure(Status status) {
        return status.outcome().failed()
                ? status.cell().name() + " failed: " + status.outcome().failure()
                : status.cell().name() + " is missing: it is not finished";
    }

    private ExperimentFacts facts(List<Status> statuses) {
        List<ExperimentFacts.Arm> arms = new ArrayList<>();
        experiment
                .arms()
                .forEach(arm -> arms.add(new ExperimentFacts.Arm(arm, experiment.own(arm))));
        List<ExperimentFacts.Run> runs = new ArrayList<>();
        for (Status one : statuses) {
            runs.add(
                    new ExperimentFacts.Run(
                            one.cell().arm(),
                            one.cell().seed(),
                            one.state(),
                            one.scores().map(table -> table.mean(Metric.DICE)),
                            one.outcome().trainSeconds(),
                            one.outcome().evaluateSeconds(),
                            one.outcome().failure()));
        }
        return new ExperimentFacts(
                experiment.plan().name(), cases.words("data"), cases.words("evaluate"), arms, runs);
    }
}
