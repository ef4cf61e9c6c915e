/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

import io.github.gssloss.imaging.segment.Components.Neighbourhood;
import java.util.List;
import java.util.OptionalInt;

/**
 * What is done to a segmentation after the network, one step after another. Components are of 26
 * neighbours (faces, edges, corners), as the lesion measures of BraTS count them; holes are of 6,
 * so that nothing leaks out of what is closed. What is removed takes the class that most of its
 * face neighbours have, the lower one on a tie.
 *
 * @param steps the steps in their order
 */
public record Cleaning(List<Step> steps) {

    /** The volume of ET in mm^3 below which BraTS' rule takes it for none. */
    public static final double ENHANCING_LEAST = 500;

    /**
     * Keeps a copy.
     *
     * @param steps the steps in their order
     */
    public Cleaning {
        steps = List.copyOf(steps);
    }

    /**
     * What a step did.
     *
     * @param step the step in words
     * @param components how many components, holes or classes it changed
     * @param voxels how many voxels
     */
    public record Change(String step, int components, long voxels) {}

    /** One step. */
    public sealed interface Step {

        /**
         * Changes a segmentation.
         *
         * @param classes the class of each voxel, (x, y, z) in C order; changed in place
         * @param shape {nx, ny, nz}
         * @param voxel the volume of a voxel in mm^3
         * @return what was changed
         */
        Change apply(byte[] classes, int[] shape, double voxel);
    }

    /**
     * Removes components that are smaller than a volume.
     *
     * @param of a class, or all foreground together
     * @param least the smallest volume to keep, in mm^3
     */
    public record Smallest(Target of, double least) implements Step {
        @Override
        public Change apply(byte[] classes, int[] shape, double voxel) {
            Components found = of.components(classes, shape);
            // A millionth: 500 voxels of 1 mm are 500 mm^3 whatever an affine's last bits say.
            return change(
                    "components of %s below %s mm^3".formatted(of.name(), least),
                    Parts.replace(
                            found,
                            number -> found.size(number) * voxel < least * (1 - 1e-6),
                            classes,
                            shape));
        }
    }

    /**
     * Removes all components but the largest; of several of one size the first stays.
     *
     * @param of a class, or all foreground together
     */
    public record Largest(Target of) implements Step {
        @Override
        public Change apply(byte[] classes, int[] shape, double voxel) {
            Components found = of.components(classes, shape);
            int largest = 1;
            for (int number = 2; number <= found.count(); number++) {
                largest = found.size(number) > found.size(largest) ? number : largest;
            }
            int kept = largest;
            return change(
                    "components of %s beside the largest".formatted(of.name()),
                    Parts.replace(found, number -> number != kept, classes, shape));
        }
    }

    /** Fills background that foreground encloses: no way of faces leads out of the volume. */
    public record FillHoles() implements Step {
        @Override
        public Change apply(byte[] classes, int[] shape, double voxel) {
            Components found = Components.of(v -> classes[v] == 0, shape, Neighbourhood.FACES);
            boolean[] open = Parts.atBorder(found, shape);
            return change(
                    "holes filled in the foreground",
                    Parts.replace(found, number -> !open[number], classes, shape));
        }
    }

    /**
     * Replaces a class throughout where there is little of it, as BraTS' teams do with ET: in a
     * tumour without ET every such voxel costs the whole score.
     *
     * @param of the class
     * @param by the class that replaces it
     * @param name the name of the class
     * @param byName the name of the other
     * @param least the smallest volume to keep, in mm^3
     */
    public record Rare(int of, int by, String name, String byName, double least) implements Step {
        @Override
        public Change apply(byte[] classes, int[] shape, double voxel) {
            long count = 0;
            for (byte one : classes) {
                count += one == of ? 1 : 0;
            }
            boolean rare = count > 0 && count * voxel < least * (1 - 1e-6);
            for (int v = 0; v < classes.length && rare; v++) {
                classes[v] = classes[v] == of ? (byte) by : classes[v];
            }
            return new Change(
                    "all %s below %s mm^3 together becomes %s".formatted(name, least, byName),
                    rare ? 1 : 0,
                    rare ? count : 0);
        }
    }

    /**
     * What components are of.
     *
     * @param index the class; empty: all classes but the background together
     * @param name its name
     */
    public record Target(OptionalInt index, String name) {

        /** All classes but the background together. */
        public static final Target FOREGROUND = new Target(OptionalInt.empty(), "foreground");

        private Components components(byte[] classes, int[] shape) {
            return Components.of(
                    v -> index.isPresent() ? classes[v] == index.getAsInt() : classes[v] != 0,
                    shape,
                    Neighbourhood.CORNERS);
        }
    }

    private static Change change(String step, long[] componentsAndVoxels) {
        return new Change(step, (int) componentsAndVoxels[0], componentsAndVoxels[1]);
    }

    /**
     * Does all steps.
     *
     * @param classes the class of each voxel, (x, y, z) in C order; not changed
     * @param shape {nx, ny, nz}
     * @param voxel the volume of a voxel in mm^3
     * @param changes takes what each step did
     * @return the class of each voxel afterwards
     */
    public byte[] apply(byte[] classes, int[] shape, double voxel, List<Change> changes) {
        byte[] cleaned = classes.clone();
        steps.forEach(step -> changes.add(step.apply(cleaned, shape, voxel)));
        return cleaned;
    }
}
