/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.runs;

import io.github.gssloss.examples.data.LabelSet;
import io.github.gssloss.examples.data.PreparedCase;
import io.github.gssloss.examples.data.TrueClasses;
import io.github.gssloss.examples.evaluate.CaseTruth;
import io.github.gssloss.examples.evaluate.EvaluationCase;

/**
 * A prepared case as the evaluation wants it: segmented in its crop, judged in the files' volume.
 *
 * @param prepared the case, with a segmentation
 * @param labelSet how the segmentation is numbered
 */
record PreparedEvaluationCase(PreparedCase prepared, LabelSet labelSet) implements EvaluationCase {

    @Override
    public String name() {
        return prepared.name();
    }

    @Override
    public int[] shape() {
        return prepared.shape();
    }

    @Override
    public float[] images() {
        return prepared.images();
    }

    @Override
    public byte[] labels() {
        return prepared.labels();
    }

    @Override
    public CaseTruth truth(int numClasses) {
        return new CaseTruth(
                TrueClasses.read(prepared.files(), labelSet),
                prepared.volumeShape(),
                prepared.spacing(),
                numClasses);
    }

    @Override
    public byte[] inVolume(byte[] classes) {
        return prepared.inVolume(classes);
    }
}
