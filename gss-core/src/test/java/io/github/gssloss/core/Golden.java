/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** One file of reference numbers of the paper's rules, see src-test-data. */
record Golden(NDList arrays) {

    static Golden read(NDManager manager, String name) throws IOException {
        try (InputStream in = Golden.class.getResourceAsStream("/" + name)) {
            return new Golden(NDList.decode(manager, in));
        }
    }

    NDArray get(String name) {
        return arrays.get(name);
    }

    double scalar(String name) {
        return get(name).toDoubleArray()[0];
    }

    NDList logits(DataType type) {
        NDArray all = get("logits").toType(type, true);
        NDList branches = new NDList();
        for (long m = 0; m < all.getShape().get(0); m++) {
            branches.add(all.get(m));
        }
        return branches;
    }

    GssConfigBuilder config() {
        double[] params = get("params").toDoubleArray();
        return GssConfig.builder()
                .optGroups(groups())
                .optLeaderThreshold(params[1])
                .optMemberThreshold(params[2])
                .optPenalty(params[3])
                .optTemperature(params[0]);
    }

    private ClassGroups groups() {
        NDArray leads = get("leads");
        Shape shape = leads.getShape();
        int classes = Math.toIntExact(shape.get(0));
        int modalities = Math.toIntExact(shape.get(1));
        long[] flags = leads.toLongArray();
        List<ClassGroup> groups = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            int row = c * modalities;
            List<Integer> leaders =
                    IntStream.range(0, modalities)
                            .filter(m -> flags[row + m] != 0)
                            .boxed()
                            .toList();
            groups.add(new ClassGroup("class " + c, leaders));
        }
        List<String> names = IntStream.range(0, modalities).mapToObj(m -> "modality " + m).toList();
        return new ClassGroups(names, groups);
    }

    /** The largest deviation, relative to the largest expected value. */
    static double deviation(NDArray expected, NDArray actual) {
        NDArray wanted = expected.toType(DataType.FLOAT64, false);
        NDArray got = actual.toType(DataType.FLOAT64, false);
        if (!wanted.getShape().equals(got.getShape())) {
            throw new AssertionError("shapes " + wanted.getShape() + " and " + got.getShape());
        }
        double scale = wanted.abs().max().getDouble();
        double off = wanted.sub(got).abs().max().getDouble();
        return off == 0 ? 0 : off / scale;
    }
}
