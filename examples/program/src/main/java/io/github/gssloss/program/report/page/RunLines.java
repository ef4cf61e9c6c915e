/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.core.TumorRegion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Dice of a region by the number of modalities given, a line for each run: the mean over the cases
 * of their means over the subsets of that many.
 *
 * @param title the region
 * @param ticks along the score
 * @param numbers along the modalities
 * @param lines the runs
 */
record RunLines(
        String title, List<Scale.Tick> ticks, List<Scale.Tick> numbers, List<RunLine> lines) {

    private static final double LEFT = 34;
    private static final double RIGHT = 384;
    private static final Scale SCORE = Scale.linear(0, 100, 210, 10);

    /**
     * A run.
     *
     * @param name the run
     * @param colour its place in the palette
     * @param points the line
     * @param dots its points one by one
     * @param words its numbers in words
     */
    record RunLine(String name, int colour, String points, List<Dot> dots, String words) {}

    /**
     * A point.
     *
     * @param cx its place
     * @param cy its place along the score
     * @param title the run and the number
     */
    record Dot(String cx, String cy, String title) {}

    /** The charts of whole, core and enhancing. */
    static List<RunLines> all(List<String> names, List<Scores> scores) {
        return Arrays.stream(TumorRegion.values())
                .map(region -> of(names, scores, region))
                .toList();
    }

    private static RunLines of(List<String> names, List<Scores> scores, TumorRegion region) {
        List<Integer> numbers =
                scores.stream()
                        .flatMap(one -> one.subsets().stream())
                        .map(subset -> subset.modalities().size())
                        .distinct()
                        .sorted()
                        .toList();
        List<RunLine> lines = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            lines.add(line(names.get(i), i, scores.get(i), region, numbers));
        }
        List<Scale.Tick> places =
                IntStream.range(0, numbers.size())
                        .mapToObj(i -> new Scale.Tick(x(i, numbers), numbers.get(i).toString()))
                        .toList();
        return new RunLines(Headline.name(region), SCORE.ticks(), places, lines);
    }

    private static RunLine line(
            String name, int place, Scores scores, TumorRegion region, List<Integer> numbers) {
        List<Dot> dots = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            int number = numbers.get(i);
            double[] cases =
                    scores.cases().stream()
                            .mapToDouble(one -> scores.dice(one, region, number))
                            .filter(dice -> !Double.isNaN(dice))
                            .toArray();
            if (cases.length > 0) {
                double mean = Arrays.stream(cases).average().orElseThrow();
                dots.add(
                        new Dot(
                                x(i, numbers),
                                SCORE.at(100 * mean),
                                name + " with " + number + ": " + MetricText.dice(mean)));
            }
        }
        String points =
                dots.stream()
                        .map(dot -> dot.cx() + "," + dot.cy())
                        .collect(Collectors.joining(" "));
        String words = dots.stream().map(Dot::title).collect(Collectors.joining(", "));
        return new RunLine(name, place % Palette.COLOURS, points, dots, words);
    }

    private static String x(int place, List<Integer> numbers) {
        return Scale.place(LEFT + (place + 0.5) * (RIGHT - LEFT) / numbers.size());
    }
}
