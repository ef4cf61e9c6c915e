/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.measure.CaseTruth;
import io.github.gssloss.imaging.measure.EvaluationCase;
import io.github.gssloss.imaging.prepare.CaseGrid;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.prepare.TrueClasses;

/**
 * A prepared case as the evaluation wants it: segmented in its crop, compared in the files' volume.
 *
 * @param prepared the case, with a segmentation
 * @param description what it shows
 */
public record PreparedEvaluationCase(PreparedCase prepared, DataDescription description)
        implements EvaluationCase {

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
    public String orientation() {
        return CaseGrid.of(prepared.files()).orientation();
    }

    @Override
    public CaseTruth truth(DataDescription evaluated) {
        return new CaseTruth(
                TrueClasses.read(prepared.files(), description),
                prepared.volumeShape(),
                prepared.spacing(),
                evaluated);
    }

    @Override
    public byte[] inVolume(byte[] classes) {
        return prepared.inVolume(classes);
    }
}
