/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import io.github.gssloss.core.Decision;
import java.util.DoubleSummaryStatistics;
import java.util.stream.IntStream;

/**
 * What the branches of a network voted in one axial slice of a case: for every class and voxel the
 * rule that decided and the soft target that came of it. A voxel is undecided where its votes sum
 * to nothing.
 */
public final class SliceVotes {

    private final int z;
    private final int classes;
    private final byte[] decisions;
    private final float[] target;
    private final boolean[] decided;

    /**
     * Keeps copies of the planes, each in C order over (x, y).
     *
     * @param z the slice, from 0
     * @param decisions the {@link Decision#code()} of every vote, (classes, x, y)
     * @param target the soft target, (classes, x, y)
     * @param decided whether the votes of a voxel sum to more than nothing, (x, y)
     * @throws IllegalArgumentException if the sizes do not fit each other
     */
    public SliceVotes(int z, byte[] decisions, float[] target, boolean[] decided) {
        if (decisions.length != target.length) {
            throw new IllegalArgumentException(
                    "decisions: expected %d as the target has values, got %d"
                            .formatted(target.length, decisions.length));
        }
        if (decided.length == 0 || target.length % decided.length != 0) {
            throw new IllegalArgumentException(
                    "target: expected a plane of %d voxels for every class, got %d values"
                            .formatted(decided.length, target.length));
        }
        this.z = z;
        this.classes = target.length / decided.length;
        this.decisions = decisions.clone();
        this.target = target.clone();
        this.decided = decided.clone();
    }

    /**
     * Returns the slice.
     *
     * @return z, from 0
     */
    public int z() {
        return z;
    }

    /**
     * Returns the number of classes.
     *
     * @return N
     */
    public int classes() {
        return classes;
    }

    /**
     * Returns the number of voxels of the slice.
     *
     * @return x times y
     */
    public int voxels() {
        return decided.length;
    }

    /**
     * Returns which rule decided a class at a voxel.
     *
     * @param classIndex the class
     * @param voxel the voxel's place in (x, y), y running fastest
     * @return the rule
     */
    public Decision decision(int classIndex, int voxel) {
        return Decision.values()[decisions[classIndex * decided.length + voxel]];
    }

    /** Whether a rule decided any class anywhere. */
    boolean contains(Decision decision) {
        return IntStream.range(0, decisions.length).anyMatch(i -> decisions[i] == decision.code());
    }

    /**
     * Returns the soft target of a class at a voxel.
     *
     * @param classIndex the class
     * @param voxel the voxel's place in (x, y), y running fastest
     * @return from 0 to 1
     */
    public float target(int classIndex, int voxel) {
        return target[classIndex * decided.length + voxel];
    }

    /**
     * Tells whether a voxel has a soft target of its own.
     *
     * @param voxel the voxel's place in (x, y), y running fastest
     * @return false where its votes sum to nothing, so that no branch is trained on it
     */
    public boolean isDecided(int voxel) {
        return decided[voxel];
    }

    /** Returns the extent of the soft targets of some classes over all voxels. */
    DoubleSummaryStatistics targets(IntStream classIndices) {
        return classIndices
                .flatMap(c -> IntStream.range(c * decided.length, (c + 1) * decided.length))
                .mapToDouble(i -> target[i])
                .summaryStatistics();
    }
}
