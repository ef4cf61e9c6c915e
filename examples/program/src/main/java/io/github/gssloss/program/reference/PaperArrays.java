/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.core.ClassGroup;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.VotingRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The checked arrays of a {@link PaperReference}, and the settings they hold. */
record PaperArrays(ReferenceArrays arrays, GssConfig config) {

    static PaperArrays of(ReferenceArrays arrays) {
        Shape logits = arrays.logitsShape();
        long modalities = logits.get(0);
        long samples = logits.get(1);
        long classes = logits.get(2);
        Shape votes = logits.slice(1);
        arrays.get("present", new Shape(samples, modalities));
        mask(arrays, logits);
        for (String name : List.of("rule", "vote", "target")) {
            arrays.get(name, votes);
        }
        for (String order : List.of("forward", "reverse")) {
            arrays.scalar("kl_" + order);
            arrays.get("grad_" + order, logits);
        }
        NDArray leads = arrays.get("leads", new Shape(classes, modalities));
        return new PaperArrays(arrays, config(arrays, groups(arrays, leads)));
    }

    private static void mask(ReferenceArrays arrays, Shape logits) {
        long[] each = logits.getShape().clone();
        each[2] = 1;
        Shape perBranch = new Shape(each);
        if (!arrays.get("mask").getShape().equals(perBranch)) {
            arrays.get("mask", perBranch.slice(1));
        }
    }

    private static ClassGroups groups(ReferenceArrays arrays, NDArray leads) {
        int classes = Math.toIntExact(leads.getShape().get(0));
        int modalities = Math.toIntExact(leads.getShape().get(1));
        long[] flags = leads.toType(DataType.INT64, false).toLongArray();
        List<ClassGroup> groups = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            int row = c * modalities;
            List<Integer> leaders =
                    IntStream.range(0, modalities)
                            .filter(m -> flags[row + m] != 0)
                            .boxed()
                            .toList();
            if (leaders.isEmpty()) {
                throw arrays.wrong("leads", "expected a leader for every class, got none for " + c);
            }
            groups.add(new ClassGroup("class " + c, leaders));
        }
        List<String> names = IntStream.range(0, modalities).mapToObj(m -> "modality " + m).toList();
        return new ClassGroups(names, groups);
    }

    private static GssConfig config(ReferenceArrays arrays, ClassGroups groups) {
        NDArray params = arrays.get("params", new Shape(4));
        double[] values = params.toType(DataType.FLOAT64, false).toDoubleArray();
        try {
            return GssConfig.builder()
                    .optGroups(groups)
                    .optTemperature(values[0])
                    .optVotingRule(new VotingRule(values[1], values[2], values[3]))
                    .build();
        } catch (IllegalArgumentException e) {
            throw arrays.wrong("params", e.getMessage());
        }
    }
}
