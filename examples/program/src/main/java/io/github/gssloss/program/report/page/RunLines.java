/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.program.report.Chart;
import io.github.gssloss.program.report.ChartColours;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Dice of a region by the number of modalities given, a line for each run: the mean over the cases
 * of their means over the subsets of that many.
 */
final class RunLines {

    private RunLines() {}

    /** A chart for each region. */
    static List<Figure> all(Map<String, Scores> runs) {
        return runs.values().iterator().next().table().regions().stream()
                .map(region -> of(runs, region))
                .toList();
    }

    private static Figure of(Map<String, Scores> runs, Region region) {
        int modalities = runs.values().iterator().next().table().modalities().size();
        TreeSet<Integer> every = new TreeSet<>();
        runs.values().forEach(scores -> every.addAll(scores.numbers()));
        List<Integer> numbers = List.copyOf(every);
        Map<String, double[]> lines = new LinkedHashMap<>();
        runs.forEach((name, scores) -> lines.put(name, means(scores, region, numbers)));
        String words =
                lines.entrySet().stream()
                        .map(line -> words(line.getKey(), line.getValue(), numbers))
                        .collect(Collectors.joining(" "));
        return Figure.of(
                region.title(),
                "Dice of " + region.title() + " by number of modalities. " + words,
                colours -> draw(List.copyOf(lines.values()), numbers, modalities, colours));
    }

    /** The mean in per cent for each number; NaN where no case was evaluated with so many. */
    static double[] means(Scores scores, Region region, List<Integer> numbers) {
        return numbers.stream()
                .map(number -> Arrays.stream(scores.dice(region, number)).average())
                .mapToDouble(mean -> 100 * mean.orElse(Double.NaN))
                .toArray();
    }

    private static String words(String name, double[] means, List<Integer> numbers) {
        return IntStream.range(0, means.length)
                .filter(i -> !Double.isNaN(means[i]))
                .mapToObj(i -> numbers.get(i) + ": " + MetricText.dice(means[i] / 100))
                .collect(Collectors.joining(", ", name + " with ", "."));
    }

    private static BufferedImage draw(
            List<double[]> lines, List<Integer> numbers, int modalities, ChartColours colours) {
        Chart chart = SpreadChart.byNumber(modalities, 100, colours);
        double[] places = numbers.stream().mapToDouble(Integer::doubleValue).toArray();
        for (int i = 0; i < lines.size(); i++) {
            chart.line("", places, lines.get(i), colours.line(i), 2.2);
            chart.dots(places, lines.get(i), colours.line(i));
        }
        return chart.image();
    }
}
