/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.compare;

import java.util.Optional;

/**
 * How an arm's mean differs from that of the first arm, over the seeds and cases that both have.
 *
 * @param seeds the number of seeds of which both arms have scores
 * @param cases the number of cases evaluated with every one of these seeds in both arms; where each
 *     seed has cases of its own, of all of them
 * @param ownCases whether each seed has cases of its own, that is no case belongs to two seeds
 * @param first the first arm's mean over these seeds and cases
 * @param mean the arm's mean over the same
 * @param interval the 95 % interval of the difference; empty where there is a single seed with a
 *     single case
 */
public record Difference(
        int seeds,
        int cases,
        boolean ownCases,
        double first,
        double mean,
        Optional<Interval> interval) {

    /**
     * Returns the difference.
     *
     * @return the arm's mean less the first arm's
     */
    public double difference() {
        return mean - first;
    }
}
