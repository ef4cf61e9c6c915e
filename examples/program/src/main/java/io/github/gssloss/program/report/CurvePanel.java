/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * One chart of a {@link LearningCurve}.
 *
 * @param title what is shown
 * @param xTitle what x is, for example {@code step}
 * @param yTitle what y is
 * @param logarithmic whether the y axis is logarithmic; values that are not positive are left out
 * @param smoothing 0, or the stretch of x over which each bold line is a mean, for example the
 *     steps of an epoch; the single values then stand behind it, faint
 * @param series the lines
 */
public record CurvePanel(
        String title,
        String xTitle,
        String yTitle,
        boolean logarithmic,
        double smoothing,
        List<Series> series) {

    /**
     * Checks and keeps a copy of the list.
     *
     * @param title what is shown
     * @param xTitle what x is
     * @param yTitle what y is
     * @param logarithmic whether the y axis is logarithmic
     * @param smoothing 0, or the stretch of x of a mean
     * @param series the lines
     * @throws IllegalArgumentException if the smoothing is negative or no number
     */
    public CurvePanel {
        if (!(smoothing >= 0)) {
            throw new IllegalArgumentException("smoothing: expected at least 0, got " + smoothing);
        }
        series = List.copyOf(series);
    }

    /**
     * Returns the single values, as far as the axis can show them.
     *
     * @return the lines that have any
     */
    public List<Series> points() {
        return shown(series);
    }

    /**
     * Returns the bold lines: the means, or the values themselves without smoothing.
     *
     * @return the lines that have a point which the axis can show
     */
    public List<Series> lines() {
        return smoothing == 0
                ? points()
                : shown(series.stream().map(one -> one.means(smoothing)).toList());
    }

    /** The extent of the single values that the axis can show. */
    DoubleSummaryStatistics extent() {
        return points().stream()
                .flatMapToDouble(one -> Arrays.stream(one.y()))
                .filter(Double::isFinite)
                .summaryStatistics();
    }

    private List<Series> shown(List<Series> lines) {
        return lines.stream()
                .map(one -> logarithmic ? one.positive() : one)
                .filter(one -> Arrays.stream(one.y()).anyMatch(Double::isFinite))
                .toList();
    }
}
