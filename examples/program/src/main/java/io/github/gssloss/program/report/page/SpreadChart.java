/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.core.TumorRegion;
import io.github.gssloss.imaging.measure.Quantile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Dice of a region by the number of modalities given, case by case: the mean, a box from the lower
 * to the upper quartile with the median in it, whiskers from the 5th to the 95th percentile, and a
 * dot for each case; of many cases only for those beyond the whiskers.
 *
 * @param title the region
 * @param ticks along the score
 * @param columns one for each number of modalities
 * @param line through the means
 */
record SpreadChart(String title, List<Scale.Tick> ticks, List<Column> columns, String line) {

    /** More cases than this make a cloud in which no dot can be told from another. */
    static final int MOST_DOTS = 60;

    /** Fewer cases than this are better shown by themselves. */
    private static final int FEWEST_IN_BOX = 5;

    private static final double LEFT = 34;
    private static final double RIGHT = 384;
    private static final double TOP = 10;
    private static final double BOTTOM = 210;

    /** The box stands left of the middle of its column, the cases right of it. */
    private static final double BOX = 26;

    private static final double ASIDE = 16;
    private static final Scale SCORE = Scale.linear(0, 100, BOTTOM, TOP);

    /**
     * The cases at one number of modalities.
     *
     * @param middle of the column
     * @param x the middle of the box
     * @param left of the box
     * @param right of the box
     * @param name the number of modalities
     * @param mean as text
     * @param meanAt its place
     * @param boxes the box, or none where the cases are few
     * @param dots the cases
     */
    record Column(
            String middle,
            String x,
            String left,
            String right,
            String name,
            String mean,
            String meanAt,
            List<Box> boxes,
            List<Dot> dots) {}

    /**
     * A box; all places along the score.
     *
     * @param low the 5th percentile
     * @param lower the lower quartile
     * @param median the median
     * @param upper the upper quartile
     * @param high the 95th percentile
     * @param height of the box
     */
    record Box(String low, String lower, String median, String upper, String high, String height) {}

    /**
     * A case.
     *
     * @param cx its place, moved a little so that equal scores do not cover each other
     * @param cy its place along the score
     * @param title the case and its score
     */
    record Dot(String cx, String cy, String title) {}

    /** A case and its score. */
    private record CaseScore(String name, double score) {}

    /** The charts of whole, core and enhancing. */
    static List<SpreadChart> all(Scores scores) {
        return Arrays.stream(TumorRegion.values()).map(region -> of(scores, region)).toList();
    }

    /** What the charts of so many cases show. */
    static String explanation(int cases) {
        String dots =
                cases <= MOST_DOTS
                        ? "Each dot is a case"
                        : "Each dot is a case beyond the whiskers";
        String box =
                cases < FEWEST_IN_BOX
                        ? "."
                        : "; the box holds the middle half of the cases with their median, the"
                                + " whiskers reach from the 5th to the 95th percentile.";
        return "Dice in per cent over the number of modalities given: the mean over the subsets of"
                + " that many. "
                + dots
                + box
                + " The line and the numbers below are the means over the cases.";
    }

    /** The means in words. */
    String words() {
        return columns.stream()
                .map(column -> column.name() + ": " + column.mean() + " %")
                .collect(Collectors.joining(", "));
    }

    private static SpreadChart of(Scores scores, TumorRegion region) {
        int[] numbers =
                scores.subsets().stream()
                        .mapToInt(subset -> subset.modalities().size())
                        .distinct()
                        .sorted()
                        .toArray();
        double step = (RIGHT - LEFT) / numbers.length;
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < numbers.length; i++) {
            int number = numbers[i];
            List<CaseScore> cases =
                    scores.cases().stream()
                            .map(name -> new CaseScore(name, scores.dice(name, region, number)))
                            .filter(one -> !Double.isNaN(one.score()))
                            .toList();
            columns.add(column(LEFT + (i + 0.5) * step, number, cases));
        }
        String line =
                columns.stream()
                        .map(column -> column.x() + "," + column.meanAt())
                        .collect(Collectors.joining(" "));
        return new SpreadChart(Headline.name(region), SCORE.ticks(), columns, line);
    }

    private static Column column(double x, int number, List<CaseScore> cases) {
        double mean = cases.stream().mapToDouble(CaseScore::score).average().orElseThrow();
        double[] sorted = cases.stream().mapToDouble(CaseScore::score).sorted().toArray();
        boolean boxed = sorted.length >= FEWEST_IN_BOX;
        double place = boxed ? x - ASIDE : x;
        return new Column(
                Scale.place(x),
                Scale.place(place),
                Scale.place(place - BOX / 2),
                Scale.place(place + BOX / 2),
                Integer.toString(number),
                MetricText.dice(mean),
                at(mean),
                boxed ? List.of(box(sorted)) : List.of(),
                dots(boxed ? x + ASIDE : x, cases, sorted));
    }

    private static Box box(double[] sorted) {
        double upper = percent(Quantile.of(sorted, 0.75));
        double lower = percent(Quantile.of(sorted, 0.25));
        return new Box(
                at(Quantile.of(sorted, 0.05)),
                SCORE.at(lower),
                at(Quantile.of(sorted, 0.5)),
                SCORE.at(upper),
                at(Quantile.of(sorted, 0.95)),
                Scale.place((upper - lower) * (BOTTOM - TOP) / 100));
    }

    private static List<Dot> dots(double x, List<CaseScore> cases, double[] sorted) {
        double low = Quantile.of(sorted, 0.05);
        double high = Quantile.of(sorted, 0.95);
        boolean all = sorted.length <= MOST_DOTS;
        return IntStream.range(0, cases.size())
                .filter(i -> all || cases.get(i).score() < low || cases.get(i).score() > high)
                .mapToObj(i -> dot(x, i, cases.get(i)))
                .toList();
    }

    /** Steps of the golden ratio spread neighbours evenly, the same way each time. */
    private static Dot dot(double x, int i, CaseScore one) {
        double aside = (i * 0.618034 + 0.5) % 1 - 0.5;
        return new Dot(
                Scale.place(x + aside * BOX),
                at(one.score()),
                one.name() + ": " + MetricText.dice(one.score()));
    }

    private static double percent(double score) {
        return 100 * score;
    }

    private static String at(double score) {
        return SCORE.at(percent(score));
    }
}
