/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import io.github.gssloss.imaging.prepare.BoundingBox;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The lesions of a true region, which predictions are compared with one by one: the lesion-wise
 * measures of BraTS 2023, see {@link LesionSettings}.
 */
final class Lesions {

    /** In voxels, for spacings that are no exact floats. */
    private static final double ROUNDING = 1e-3;

    private final MaskParts dilated;
    private final List<Lesion> lesions = new ArrayList<>();
    private final ElementAreas areas;
    private final float[] spacing;

    /**
     * A lesion.
     *
     * @param mask its voxels
     * @param surface its surface
     * @param counts whether it is large enough
     */
    private record Lesion(Mask mask, SurfaceElements surface, boolean counts) {}

    /**
     * The means over the lesions that count and the false components.
     *
     * @param dice from 0 to 1
     * @param hd95 in mm
     */
    record Means(double dice, double hd95) {

        /** What is there where it was not asked for. */
        static final Means NONE = new Means(Double.NaN, Double.NaN);
    }

    /**
     * Finds the lesions.
     *
     * @param truth the true region
     * @param settings what a lesion is
     * @param areas the areas of surface elements
     * @param spacing the voxel's edges along x, y and z, in mm
     */
    Lesions(Mask truth, LesionSettings settings, ElementAreas areas, float[] spacing) {
        this.areas = areas;
        this.spacing = spacing.clone();
        // A component of the dilated truth is the lesion within it, dilated: no voxel of another
        // lesion reaches it, or it would be one component with that.
        dilated = new MaskParts(truth.dilated(settings.dilations()));
        double voxel = (double) spacing[0] * spacing[1] * spacing[2];
        for (int part = 1; part <= dilated.count(); part++) {
            Mask mask = dilated.mask(only(part)).and(truth);
            boolean counts = mask.count() > settings.smallest() / voxel + ROUNDING;
            lesions.add(new Lesion(mask, SurfaceElements.of(mask, areas), counts));
        }
    }

    private static BitSet only(int part) {
        BitSet one = new BitSet();
        one.set(part);
        return one;
    }

    /** Compares a prediction. */
    Means measure(Mask prediction) {
        MaskParts found = new MaskParts(prediction);
        List<BitSet> touching = touching(found);
        BitSet touched = new BitSet();
        touching.forEach(touched::or);
        int falseOnes = found.count() - touched.cardinality();
        double dice = 0;
        double hd95 = falseOnes * LesionSettings.HD95_OF_NONE;
        int count = falseOnes;
        for (int i = 0; i < lesions.size(); i++) {
            Lesion lesion = lesions.get(i);
            if (!lesion.counts()) {
                continue;
            }
            count++;
            if (touching.get(i).isEmpty()) {
                hd95 += LesionSettings.HD95_OF_NONE;
                continue;
            }
            Mask parts = found.mask(touching.get(i));
            long both = parts.and(lesion.mask()).count();
            dice += 2.0 * both / (parts.count() + lesion.mask().count());
            hd95 += distance(lesion, parts);
        }
        return count == 0 ? new Means(1, 0) : new Means(dice / count, hd95 / count);
    }

    /** For each lesion the predicted components that touch it dilated. */
    private List<BitSet> touching(MaskParts found) {
        List<BitSet> touching = new ArrayList<>();
        lesions.forEach(lesion -> touching.add(new BitSet()));
        BoundingBox box = found.box();
        for (int x = 0, v = 0; x < box.sizeX(); x++) {
            for (int y = 0; y < box.sizeY(); y++) {
                for (int z = 0; z < box.sizeZ(); z++, v++) {
                    if (found.at(v) != 0) {
                        int lesion = dilated.at(box.x() + x, box.y() + y, box.z() + z);
                        if (lesion != 0) {
                            touching.get(lesion - 1).set(found.at(v));
                        }
                    }
                }
            }
        }
        return touching;
    }

    private double distance(Lesion lesion, Mask parts) {
        SharedField toLesion = new SharedField(lesion.surface().points(), spacing);
        SurfaceElements surface = SurfaceElements.of(parts, areas);
        return ElementDistances.of(lesion.surface(), toLesion, surface, spacing).hausdorff95();
    }
}
