/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import io.github.gssloss.core.ClassGroups;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Warns once, after the first fifth of a training, if the branches predict far more voxels of a
 * class than are labelled: then they agree on a wrong class, and the vote holds them there.
 *
 * <p>It looks at the second half of that fifth. For each class and modality it takes the median of
 * the volumes in {@code decisions.csv}, those that the branch predicts over those labelled. Of an
 * even number the median is the lower one in the middle: a volume that is large in every second
 * batch is no collapse. A class for which all medians are above {@value #TIMES} is warned of. With
 * fewer than {@value #LOOKS} batches that hold the class it says nothing. Branches that learn may
 * begin with more voxels of a class than there are: the most seen so far is 3.6 times as many, the
 * least of a run that did not learn 4.95.
 *
 * @param groups the classes and modalities
 * @param every the steps from one look at the votes to the next
 * @param steps the steps of the training
 */
record BranchAlarm(ClassGroups groups, int every, long steps) {

    private static final int TIMES = 4;
    private static final int LOOKS = 3;

    /** Whether the first fifth is over with this look. */
    boolean isDue(long step) {
        return step * 5 >= steps && (step - every) * 5 < steps;
    }

    /**
     * Says what is wrong, in one line.
     *
     * @param columns the columns of {@code decisions.csv}
     * @param rows its rows up to this look
     * @return the warning; empty where nothing is to be said
     */
    Optional<String> warning(List<String> columns, List<List<String>> rows) {
        List<String> wrong = new ArrayList<>();
        for (String className : groups.classNames()) {
            List<String> volumes = DecisionColumns.volumes(className, groups.modalities());
            if (columns.containsAll(volumes)) {
                List<Integer> places = volumes.stream().map(columns::indexOf).toList();
                ofClass(places, rows).map(times -> className + " " + times).ifPresent(wrong::add);
            }
        }
        return wrong.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "the branches predict more than "
                                + TIMES
                                + " times as many voxels of a class as are labelled: "
                                + String.join("; ", wrong)
                                + ": see \"When the branches do not learn\" in the manual");
    }

    private Optional<String> ofClass(List<Integer> places, List<List<String>> rows) {
        List<List<String>> late =
                rows.stream().filter(row -> Long.parseLong(row.get(1)) * 10 >= steps).toList();
        List<String> words = new ArrayList<>();
        for (int m = 0; m < places.size(); m++) {
            int place = places.get(m);
            double[] volumes =
                    late.stream()
                            .map(row -> row.get(place))
                            .filter(cell -> !cell.isEmpty())
                            .mapToDouble(Double::parseDouble)
                            .sorted()
                            .toArray();
            if (volumes.length < LOOKS || !(median(volumes) > TIMES)) {
                return Optional.empty();
            }
            words.add(
                    String.format(
                            Locale.ROOT, "%s %.1f", groups.modalities().get(m), median(volumes)));
        }
        return Optional.of("(" + String.join(", ", words) + " times)");
    }

    private static double median(double... sorted) {
        return sorted[(sorted.length - 1) / 2];
    }
}
