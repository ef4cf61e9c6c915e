/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import java.util.OptionalInt;

/**
 * One run of an experiment.
 *
 * @param arm the arm; of the start that arms go on from {@link #START}
 * @param seed the seed of the arms
 * @param fold the fold whose cases it is not trained on, from 0; empty: there are no folds
 */
record Cell(String arm, long seed, OptionalInt fold) {

    /** No arm has this name. */
    static final String START = "start";

    /** A run of an experiment without folds. */
    Cell(String arm, long seed) {
        this(arm, seed, OptionalInt.empty());
    }

    /** The name of its folders. */
    String name() {
        return arm + "-seed" + seed + (fold.isPresent() ? "-fold" + fold.getAsInt() : "");
    }

    /** A start is trained and not evaluated. */
    boolean isStart() {
        return arm.equals(START);
    }
}
