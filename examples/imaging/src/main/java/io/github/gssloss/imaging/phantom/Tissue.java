/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.phantom;

/** What lies at one point of a head; reused from point to point. Shares sum to 1 with white. */
final class Tissue {

    /** Depth below the skull-stripped surface in mm; outside the brain at or below 0. */
    double depth;

    /** Share of fluid, in ventricles and sulci. */
    double fluid;

    /** Share of fluid that belongs to the ventricles. */
    double ventricle;

    /** Share of grey matter. */
    double grey;

    /** Share of white matter. */
    double white() {
        return 1 - fluid - grey;
    }
}
