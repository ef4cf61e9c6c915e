/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.ConfusionMatrix.Counts;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The truth of a case, against which any number of predictions are measured: what depends on the
 * truth alone is computed once.
 */
public final class CaseTruth {

    /**
     * In voxels, for spacings that are no exact floats: 500 voxels of 0.1 x 10 x 1 mm are enough.
     */
    private static final double ROUNDING = 1e-3;

    private static final double MM3_PER_ML = 1000;

    private final byte[] classes;

    /** The classes, with background where voxels are ignored. */
    private final byte[] known;

    private final int[] shape;
    private final DataDescription description;
    private final float[] spacing;
    private final Map<Region, HausdorffDistance> distances;
    private final MeasureSettings settings;
    private final Map<Region, OptionalMeasures> optional = new LinkedHashMap<>();

    /**
     * Looks at the truth.
     *
     * @param classes the true class of each voxel of the volume, z running fastest; voxels that are
     *     {@link LabelSet#IGNORED} count in no measure
     * @param shape the volume's extent along x, y and z
     * @param spacing the voxel's edges along x, y and z, in mm
     * @param description the classes and regions
     * @throws IllegalArgumentException if the truth holds a class that is not there
     */
    public CaseTruth(byte[] classes, int[] shape, float[] spacing, DataDescription description) {
        ConfusionMatrix.requireClasses(classes, description.labels().classes());
        this.classes = classes;
        this.shape = shape.clone();
        this.description = description;
        this.known = withoutIgnored(classes);
        this.spacing = spacing.clone();
        this.settings = MeasureSettings.USUAL;
        this.distances = new LinkedHashMap<>();
        for (Region region : description.regions()) {
            distances.put(region, new HausdorffDistance(surface(known, region), spacing));
        }
    }

    private CaseTruth(CaseTruth usual, MeasureSettings settings) {
        this.classes = usual.classes;
        this.shape = usual.shape;
        this.description = usual.description;
        this.known = usual.known;
        this.spacing = usual.spacing;
        this.distances = usual.distances;
        this.settings = settings;
        if (settings.lesions().isPresent() || settings.surfaceTolerance().isPresent()) {
            for (Region region : description.regions()) {
                optional.put(region, new OptionalMeasures(mask(known, region), settings, spacing));
            }
        }
    }

    /**
     * Returns the same truth for other measures.
     *
     * @param measures what is measured
     * @return a truth that shares what it can with this one
     */
    public CaseTruth measuring(MeasureSettings measures) {
        return new CaseTruth(this, measures);
    }

    /**
     * Measures a prediction.
     *
     * @param prediction the predicted class of each voxel of the volume, in the order of the truth
     * @return the numbers of every region
     * @throws IllegalArgumentException if the prediction has another length than the truth, or
     *     either holds a class that is not there
     */
    public Map<Region, Measures> measure(byte[] prediction) {
        ConfusionMatrix matrix =
                ConfusionMatrix.of(prediction, classes, description.labels().classes());
        byte[] counted = withoutIgnored(prediction);
        Map<Region, Measures> measures = new LinkedHashMap<>();
        for (Region region : description.regions()) {
            measures.put(region, measures(region, matrix.of(region), counted));
        }
        return measures;
    }

    private Measures measures(Region region, Counts counts, byte[] counted) {
        OptionalMeasures.Numbers more =
                optional.isEmpty()
                        ? OptionalMeasures.Numbers.NONE
                        : optional.get(region).measure(mask(counted, region));
        double voxel = (double) spacing[0] * spacing[1] * spacing[2];
        double ml = Math.abs(counts.predicted() - counts.there()) * voxel / MM3_PER_ML;
        return new Measures(
                Dice.ofCase(counts),
                post(region, counts, Measures.FEWEST_ENHANCING),
                post(region, counts, Measures.SMALLEST_ENHANCING_MM3 / voxel - ROUNDING),
                share(counts.both(), counts.there(), counts),
                specificity(counts),
                share(counts.both(), counts.predicted(), counts),
                distances.get(region).to(surface(counted, region), settings.emptyHd95()),
                more.lesions().dice(),
                more.lesions().hd95(),
                more.surfaceDice(),
                settings.volume() ? ml : Double.NaN,
                settings);
    }

    private Mask mask(byte[] map, Region region) {
        return Mask.of(map, shape, ConfusionMatrix.inside(region, description.labels().classes()));
    }

    /** A map with background where the truth is ignored. */
    private byte[] withoutIgnored(byte[] map) {
        if (description.labels().ignored().isEmpty()) {
            return map;
        }
        byte[] counted = map.clone();
        for (int v = 0; v < counted.length; v++) {
            if (classes[v] == LabelSet.IGNORED) {
                counted[v] = 0;
            }
        }
        return counted;
    }

    private Surface surface(byte[] map, Region region) {
        return Surface.of(
                map, shape, ConfusionMatrix.inside(region, description.labels().classes()));
    }

    private static double post(Region region, Counts counts, double fewest) {
        boolean none = region.smallIsNone() && counts.predicted() < fewest;
        return Dice.ofCase(none ? counts.withoutPrediction() : counts);
    }

    private static double share(long part, long whole, Counts counts) {
        if (whole > 0) {
            return (double) part / whole;
        }
        return counts.predicted() == counts.there() ? 1 : 0;
    }

    private static double specificity(Counts counts) {
        long outside = counts.neither() + counts.onlyPredicted();
        return outside == 0 ? 1 : (double) counts.neither() / outside;
    }
}
