/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.core.TumorRegion;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A case as the report shows it.
 *
 * @param rank its place from the lowest Dice, from 1
 * @param name the case
 * @param average its Dice over subsets and regions
 * @param regionCells its Dice of whole, core and enhancing over the subsets
 * @param withAll its Dice with all four modalities over the regions
 * @param weakest the subset with its lowest Dice, and that; empty where there is but one
 * @param picture its slices with truth and predictions
 * @param open whether the picture is shown at once
 */
record CaseView(
        int rank,
        String name,
        HeatCell average,
        List<RegionCell> regionCells,
        String withAll,
        Optional<String> weakest,
        Optional<String> picture,
        boolean open) {

    /**
     * A cell that knows its region.
     *
     * @param region the region
     * @param text what stands in the cell
     * @param depth how deep it is coloured
     * @param tone the class that gives the colour
     */
    record RegionCell(String region, String text, String depth, String tone) {}

    static CaseView of(Scores scores, String name, int rank, Shade shade) {
        return new CaseView(
                rank,
                name,
                shade.cell(scores.dice(name)),
                Stream.of(TumorRegion.values())
                        .map(region -> cell(scores, name, region, shade))
                        .toList(),
                MetricText.dice(scores.dice(name, ModalitySubset.ALL)),
                Weakest.of(scores.subsets(), subset -> scores.dice(name, subset)),
                Optional.empty(),
                false);
    }

    CaseView with(Optional<String> shown, boolean opened) {
        return new CaseView(rank, name, average, regionCells, withAll, weakest, shown, opened);
    }

    private static RegionCell cell(Scores scores, String name, TumorRegion region, Shade shade) {
        HeatCell cell = shade.cell(scores.dice(name, region));
        return new RegionCell(region.label(), cell.text(), cell.depth(), cell.tone());
    }
}
