/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.evaluate;

import java.util.List;

/** What the evaluation tells after each case and subset: how far it is, and what came out. */
public final class Judgement {

    private final int done;
    private final int total;
    private final EvaluationCase evaluated;
    private final ModalitySubset subset;
    private final byte[] prediction;
    private final List<DiceScore> scores;

    Judgement(
            int done,
            int total,
            EvaluationCase evaluated,
            ModalitySubset subset,
            byte[] prediction,
            List<DiceScore> scores) {
        this.done = done;
        this.total = total;
        this.evaluated = evaluated;
        this.subset = subset;
        this.prediction = prediction;
        this.scores = List.copyOf(scores);
    }

    /**
     * Returns how many judgements were made.
     *
     * @return from 1, this one included
     */
    public int done() {
        return done;
    }

    /**
     * Returns how many judgements there will be.
     *
     * @return cases times subsets
     */
    public int total() {
        return total;
    }

    /**
     * Returns the case.
     *
     * @return the case that was segmented
     */
    public EvaluationCase evaluated() {
        return evaluated;
    }

    /**
     * Returns the modalities that the network was given.
     *
     * @return the subset
     */
    public ModalitySubset subset() {
        return subset;
    }

    /**
     * Returns the predicted classes.
     *
     * @return shape (D, H, W) in C order; not a copy, and not used by the evaluation any more
     */
    public byte[] prediction() {
        return prediction;
    }

    /**
     * Returns the scores.
     *
     * @return one row per region
     */
    public List<DiceScore> scores() {
        return scores;
    }
}
