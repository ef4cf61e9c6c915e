/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

/**
 * The method as the paper describes it, or as the authors' released code computes it. These are all
 * the differences:
 *
 * <table>
 * <caption>Where the released code differs</caption>
 * <tr><th></th><th>{@link #PAPER}</th><th>{@link #RELEASED}</th></tr>
 * <tr><td>one leader, {@link Decision#MEMBERS}</td><td>mean of the members</td><td>0</td></tr>
 * <tr><td>two leaders, {@link Decision#ALL_LEADERS}</td><td>max</td>
 *     <td>max + (max - rho * (max - min))</td></tr>
 * <tr><td>three or more leaders</td><td>the natural extension</td><td>refused</td></tr>
 * <tr><td>divergence</td><td>Kullback-Leibler, in either order</td>
 *     <td>{@link Divergence#RELEASED_CROSS_ENTROPY}</td></tr>
 * <tr><td>mask</td><td>one, shared, each voxel dropped with probability r</td>
 *     <td>one a branch, r V positions drawn with replacement</td></tr>
 * <tr><td>weight of the distillation</td><td>0.3 tau^2</td><td>0.3 tau^2 / 10</td></tr>
 * <tr><td>alpha weighs</td><td>all task losses</td><td>those of the branches</td></tr>
 * <tr><td>teacher</td><td>any {@link Teacher}</td><td>the vote; others are refused</td></tr>
 * <tr><td>missing modalities</td><td>neither vote nor are distilled</td><td>refused</td></tr>
 * <tr><td>votes that sum to 0</td><td>the voxel is left out</td>
 *     <td>NaN there; here left out as well</td></tr>
 * </table>
 */
public enum Edition {
    /** The paper's rules. */
    PAPER,
    /** The released code's. */
    RELEASED
}
