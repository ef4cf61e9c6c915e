/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;

/**
 * The method as the paper describes it, or as the authors' released code computes it. These are the
 * differences of computation:
 *
 * <table>
 * <caption>Where the released code differs</caption>
 * <tr><th></th><th>{@link #PAPER}</th><th>{@link #RELEASED}</th></tr>
 * <tr><td>one leader, {@link Decision#MEMBERS}</td><td>mean of the members</td><td>0</td></tr>
 * <tr><td>two leaders, {@link Decision#ALL_LEADERS}</td><td>max</td>
 *     <td>max + (max - &rho; * (max - min))</td></tr>
 * <tr><td>three or more leaders</td><td>the same rules over all leaders</td><td>refused</td></tr>
 * <tr><td>divergence</td><td>Kullback-Leibler, in either order</td>
 *     <td>{@link Divergence#RELEASED_CROSS_ENTROPY}</td></tr>
 * <tr><td>mask</td><td>one, shared, each voxel dropped with probability r</td>
 *     <td>one a branch, r V positions drawn with replacement</td></tr>
 * <tr><td>&alpha; weighs</td><td>all task losses</td><td>those of the branches</td></tr>
 * <tr><td>teacher</td><td>any {@link Teacher}</td><td>the vote; others are refused</td></tr>
 * <tr><td>trust, balance, readiness</td><td>any, by default none</td><td>refused</td></tr>
 * <tr><td>missing modalities</td><td>neither vote nor are distilled</td>
 *     <td>refused; a matrix in which all are present is read and accepted</td></tr>
 * <tr><td>votes that sum to 0</td><td>the voxel is left out</td>
 *     <td>NaN there; here left out as well</td></tr>
 * </table>
 *
 * <p>The weight &beta; of the distillation differs as well, 0.3 and 0.3 / 10. It is no part of an
 * edition: {@link GssConfig#paper()} and {@link GssConfig#released()} set it.
 */
public enum Edition {
    /** The paper's rules. */
    PAPER,
    /** The released code's. */
    RELEASED;

    /**
     * Returns whether &alpha; weighs the task losses of all outputs, or those of the branches
     * alone.
     *
     * @return true for the paper
     */
    public boolean alphaWeighsAllOutputs() {
        return this == PAPER;
    }

    /** Whether the members' vote of a class with one leader is 0. */
    boolean clearsMembersOfOneLeader() {
        return this == RELEASED;
    }

    /** Whether leaders that agree vote with the sum of their maximum and the reduced maximum. */
    boolean addsReducedMaximum() {
        return this == RELEASED;
    }

    /** Draws the mask over voxels: (B, 1, spatial...), or one a branch (M, B, 1, spatial...). */
    NDArray drawMask(NDManager manager, int branches, Shape logits, double rate) {
        return this == PAPER
                ? VoxelMask.draw(manager, logits, rate)
                : VoxelMask.drawPerBranch(manager, branches, logits, rate);
    }

    /** The class weights of every branch (M, B, N, 1); null if classes have none. */
    NDArray classWeights(GssConfig config, Batch batch, List<VoxelBlock> blocks, NDManager work) {
        return this == PAPER ? null : ClassWeights.of(config, batch, blocks, work);
    }

    /** The released code has one or two leaders a class. */
    void require(ClassGroups groups) {
        for (ClassGroup group : groups.groups()) {
            if (this == RELEASED && group.leaders().size() > 2) {
                throw new IllegalArgumentException(
                        "leaders of class "
                                + group.className()
                                + ": expected one or two in the released edition, got "
                                + group.leaders().size());
            }
        }
    }

    /** The released code has no missing modality; the matrix is read from the device. */
    void requirePresent(NDArray present) {
        if (this == PAPER || present == null) {
            return;
        }
        try (NDManager work = present.getManager().newSubManager()) {
            NDArray matrix = Batch.alias(present, work);
            if (matrix.eq(EngineConstants.of(0, matrix)).any().getBoolean()) {
                throw new IllegalArgumentException(
                        "present: expected every modality in the released edition, which has no"
                                + " missing ones, got a matrix with a 0");
            }
        }
    }

    /** Only the released code has its divergence, and it has no other teacher than the vote. */
    void require(Divergence divergence, Teacher teacher) {
        boolean released = this == RELEASED;
        if (released != (divergence == Divergence.RELEASED_CROSS_ENTROPY)) {
            throw new IllegalArgumentException(
                    "divergence: expected "
                            + (released
                                    ? "RELEASED_CROSS_ENTROPY"
                                    : "a Kullback-Leibler divergence")
                            + " in edition "
                            + this
                            + ", got "
                            + divergence);
        }
        if (released && teacher != PaperTeacher.VOTES) {
            throw new IllegalArgumentException(
                    "teacher: expected VOTES in edition RELEASED, got " + teacher);
        }
    }

    /** The released code has none of what a training needs beside the paper. */
    void require(Trust trust, Balance balance, Optional<Readiness> readiness) {
        if (this == PAPER) {
            return;
        }
        if (trust != Trust.NONE || balance != Balance.VOXEL || readiness.isPresent()) {
            throw new IllegalArgumentException(
                    "trust, balance, readiness: expected NONE, VOXEL and none in edition RELEASED,"
                            + " got "
                            + trust
                            + ", "
                            + balance
                            + " and "
                            + readiness.map(Readiness::toString).orElse("none"));
        }
    }
}
