/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.sample;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Record;
import io.github.gssloss.imaging.prepare.PreparedCase;
import java.util.List;

/** Makes the records of samples; all records of a dataset hold the same arrays. */
final class CropRecords {

    private final Shape imageShape;
    private final Shape labelShape;
    private final boolean withPresent;

    /**
     * Creates the maker of a dataset's records.
     *
     * @param crop the crops' size along {x, y, z}
     * @param cases the cases: where one lacks a modality, every record says which its case has
     */
    CropRecords(int[] crop, List<PreparedCase> cases) {
        int modalities = cases.get(0).files().modalities().size();
        imageShape = new Shape(modalities, crop[0], crop[1], crop[2]);
        labelShape = imageShape.slice(1);
        withPresent = cases.stream().anyMatch(one -> one.modalities().size() < modalities);
    }

    /** Returns the record of a sample, its arrays owned by a manager. */
    Record of(NDManager manager, CropSample sample) {
        int[] classes = new int[sample.crop().labels().length];
        for (int v = 0; v < classes.length; v++) {
            classes[v] = sample.crop().labels()[v];
        }
        NDList data = new NDList(manager.create(sample.crop().images(), imageShape));
        data.add(manager.create(sample.subset().mask()));
        NDList labels = new NDList(manager.create(classes, labelShape));
        if (withPresent) {
            boolean[] present = sample.present().mask();
            data.add(manager.create(present));
            labels.add(manager.create(present));
        }
        return new Record(data, labels);
    }
}
