/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.report.page;

import io.github.gssloss.djl.TumorRegion;
import io.github.gssloss.examples.evaluate.ModalitySubset;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * A row of {@code scores.csv}.
 *
 * @param caseName the case
 * @param subset the modalities that the network was given
 * @param region the region judged
 * @param values the value of each metric; NaN where it has none
 */
record Score(
        String caseName, ModalitySubset subset, TumorRegion region, Map<Metric, Double> values) {

    Score {
        values = Collections.unmodifiableMap(new EnumMap<>(values));
    }

    double value(Metric metric) {
        return values.get(metric);
    }
}
