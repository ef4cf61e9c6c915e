/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import java.util.Optional;
import java.util.OptionalDouble;

/** The truth of a region for the measures that are computed where they are asked for. */
final class OptionalMeasures {

    private final MeasureSettings settings;
    private final float[] spacing;
    private final ElementAreas areas;
    private final SurfaceElements surface;
    private final SharedField toSurface;
    private final Optional<Lesions> lesions;

    /**
     * The numbers; NaN where a measure was not asked for.
     *
     * @param lesions see {@link Lesions}
     * @param surfaceDice from 0 to 1
     */
    record Numbers(Lesions.Means lesions, double surfaceDice) {

        /** What is there where nothing was asked for. */
        static final Numbers NONE = new Numbers(Lesions.Means.NONE, Double.NaN);
    }

    /**
     * Looks at the truth.
     *
     * @param truth the true region
     * @param settings what is asked for
     * @param spacing the voxel's edges along x, y and z, in mm
     */
    OptionalMeasures(Mask truth, MeasureSettings settings, float[] spacing) {
        this.settings = settings;
        this.spacing = spacing.clone();
        areas = new ElementAreas(spacing);
        surface = SurfaceElements.of(truth, areas);
        toSurface = new SharedField(surface.points(), spacing);
        lesions = settings.lesions().map(how -> new Lesions(truth, how, areas, spacing));
    }

    /** Compares a prediction. */
    Numbers measure(Mask prediction) {
        return new Numbers(
                lesions.map(all -> all.measure(prediction)).orElse(Lesions.Means.NONE),
                surfaceDice(prediction, settings.surfaceTolerance()));
    }

    private double surfaceDice(Mask prediction, OptionalDouble tolerance) {
        if (tolerance.isEmpty()) {
            return Double.NaN;
        }
        SurfaceElements predicted = SurfaceElements.of(prediction, areas);
        if (surface.size() == 0 || predicted.size() == 0) {
            return surface.size() == predicted.size() ? 1 : 0;
        }
        return ElementDistances.of(surface, toSurface, predicted, spacing)
                .dice(tolerance.getAsDouble());
    }
}
