/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

/**
 * One run of an experiment.
 *
 * @param arm the arm; of the start that arms go on from {@link #START}
 * @param seed the seed of the arms
 */
record Cell(String arm, long seed) {

    /** No arm has this name. */
    static final String START = "start";

    /** The name of its folders. */
    String name() {
        return arm + "-seed" + seed;
    }

    /** A start is trained and not evaluated. */
    boolean isStart() {
        return arm.equals(START);
    }
}
