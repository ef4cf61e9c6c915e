/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.check;

import ai.djl.util.Progress;
import io.github.gssloss.files.Counted;
import io.github.gssloss.files.Workers;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.imaging.dataset.DataDescription;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a data folder holds, in a table, and whatever is odd or cannot be used.
 *
 * @param cohort what was found in the folder
 * @param description what its cases show
 * @param cases the cases, each file of them read
 */
public record CohortCheck(Cohort cohort, DataDescription description, List<CheckedCase> cases) {

    /** The most sizes, spacings or axes that a line names. */
    private static final int SHOWN = 4;

    /**
     * Reads every file of a cohort.
     *
     * @param cohort what was found in a folder
     * @param description what its cases show
     * @param progress follows the cases
     * @return what there is to say
     */
    public static CohortCheck of(Cohort cohort, DataDescription description, Progress progress) {
        List<CaseFiles> found = cohort.cases();
        List<Callable<CheckedCase>> tasks = new ArrayList<>();
        found.forEach(files -> tasks.add(() -> CaseCheck.of(files, description)));
        if (!found.isEmpty()) {
            progress.reset("Checking cases", found.size());
        }
        List<CheckedCase> checked =
                Workers.run(
                        Runtime.getRuntime().availableProcessors(),
                        "checking cases",
                        tasks,
                        done -> progress.update(done, found.get(done - 1).name()));
        progress.end();
        return new CohortCheck(cohort, description, checked);
    }

    /**
     * Returns whether all that was found can be used; a case may lack modalities or a segmentation.
     *
     * @param skipUnknown whether what belongs to no case may be left out
     * @return whether no case is at fault, and nothing is left out that may not be
     */
    public boolean passed(boolean skipUnknown) {
        return !cases.isEmpty()
                && cases.stream().allMatch(CheckedCase::isUsable)
                && cohort.problems().isEmpty()
                && (skipUnknown || cohort.skipped().isEmpty());
    }

    /**
     * Returns the table of the cases, then what is odd and what is left out.
     *
     * @return the lines
     */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!cases.isEmpty()) {
            lines.addAll(new CheckTable(description.labels(), cases).lines());
            lines.add("");
        }
        lines.add(
                "%s: %d to train on and to evaluate, %d to segment"
                        .formatted(
                                number(cases.size() + cohort.problems().size()),
                                count(CheckedCase::isLabelled),
                                count(CheckedCase::isUsable)));
        Cohort.gaps(cohort.cases()).ifPresent(lines::add);
        List<String> faults = new ArrayList<>(cohort.problems());
        faults.addAll(findings(CheckedCase::faults));
        add(lines, "Cannot be used:", faults);
        List<String> odd = new ArrayList<>(cohort.notes());
        odd.addAll(mixtures());
        odd.addAll(findings(CheckedCase::odd));
        add(lines, "Odd:", odd);
        add(lines, "Left out:", cohort.skipped());
        return lines;
    }

    private static String number(int count) {
        return Counted.of(count, "case");
    }

    private long count(Predicate<CheckedCase> use) {
        return cases.stream().filter(use).count();
    }

    private List<String> findings(Function<CheckedCase, List<String>> what) {
        return cases.stream()
                .flatMap(
                        one ->
                                what.apply(one).stream()
                                        .map(
                                                line ->
                                                        "case %s: %s"
                                                                .formatted(
                                                                        one.files().name(), line)))
                .toList();
    }

    /** In what the cases differ. */
    private List<String> mixtures() {
        return Stream.of(
                        mixture("sizes", GridText::size),
                        mixture("spacings", GridText::spacing),
                        mixture("axes", GridText::axes))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> mixture(String what, Function<GridText, String> of) {
        Map<String, List<String>> names =
                cases.stream()
                        .filter(one -> one.grid().isPresent())
                        .collect(
                                Collectors.groupingBy(
                                        one -> of.apply(one.grid().get()),
                                        TreeMap::new,
                                        Collectors.mapping(
                                                one -> one.files().name(), Collectors.toList())));
        if (names.size() < 2) {
            return Optional.empty();
        }
        String most =
                names.entrySet().stream()
                        .sorted(Comparator.comparing(one -> -one.getValue().size()))
                        .limit(SHOWN)
                        .map(one -> one.getKey() + " in " + words(one.getValue()))
                        .collect(Collectors.joining(", "));
        int more = names.size() - SHOWN;
        return Optional.of(
                "%s differ: %s%s"
                        .formatted(what, most, more > 0 ? ", %d more".formatted(more) : ""));
    }

    private static String words(List<String> names) {
        return names.size() == 1 ? names.get(0) : names.size() + " cases";
    }

    private static void add(List<String> lines, String title, List<String> found) {
        if (!found.isEmpty()) {
            lines.add("");
            lines.add(title);
            found.forEach(line -> lines.add("  " + line));
        }
    }
}
