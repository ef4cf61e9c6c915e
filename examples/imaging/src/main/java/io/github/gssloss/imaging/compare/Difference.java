/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.compare;

import io.github.gssloss.core.TumorRegion;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Metric;
import java.util.Optional;

/**
 * How far a run's mean lies from the first run's, over the cases that both were judged on.
 *
 * @param run the run
 * @param metric what was averaged
 * @param subset the subset of the modalities; empty: the mean of all
 * @param region the region; empty: the average of the three
 * @param cases the number of cases
 * @param first the mean of the first run
 * @param mean the mean of the run
 * @param interval of the difference of the means, 95 %; empty for a single case
 */
public record Difference(
        String run,
        Metric metric,
        Optional<ModalitySubset> subset,
        Optional<TumorRegion> region,
        int cases,
        double first,
        double mean,
        Optional<Interval> interval) {

    /**
     * Returns the difference of the means.
     *
     * @return the run's mean less the first run's
     */
    public double difference() {
        return mean - first;
    }
}
