/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.verify;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.github.gssloss.examples.networks.PaddingMode;
import io.github.gssloss.examples.networks.rfnet.RfNet;
import io.github.gssloss.examples.weights.BlockWeights;
import java.util.ArrayList;
import java.util.List;

/**
 * Reference numbers of RFNet: weights {@code w/...} under their published names, the images {@code
 * x} (B, 4, D, H, W), the subset {@code present} (B, 4) of the fusion, {@code meta/reflect} (1
 * where convolutions reflect) and {@code meta/heads} (0); every {@code out/...} is recomputed.
 * Width and classes follow from the shapes of the weights. Always computed in float32, as the
 * weights are.
 */
final class RfNetReference implements Reference {

    private static final double TOLERANCE = 1e-4;
    private static final String FIRST = "w/flair_encoder.e1_c1.conv.weight";
    private static final String LAST = "w/decoder_fuse.seg_layer.weight";

    @Override
    public String description() {
        return "RFNet (w/... with meta/heads 0)";
    }

    @Override
    public boolean matches(ReferenceArrays arrays) {
        return !arrays.weights().isEmpty() && arrays.scalar("meta/heads") == 0;
    }

    @Override
    public List<Deviation> compare(ReferenceArrays arrays, List<DataType> types) {
        NDArray x = arrays.get("x").toType(DataType.FLOAT32, false);
        NDArray present = arrays.get("present").neq(0);
        RfNet network = network(arrays);
        initialize(network, arrays, x, present);
        Shape expected = network.getOutputShapes(new Shape[] {x.getShape()})[0];
        for (String name : RfNet.OUTPUT_NAMES) {
            arrays.get("out/" + name, expected);
        }
        ParameterStore store = new ParameterStore(x.getManager(), false);
        List<Deviation> deviations = new ArrayList<>();
        for (NDArray output : network.forward(store, new NDList(x, present), true)) {
            String name = "out/" + output.getName();
            double largest = Measure.ABSOLUTE.of(arrays.get(name), output);
            deviations.add(
                    new Deviation(
                            name,
                            expected,
                            output.getDataType(),
                            largest,
                            Measure.ABSOLUTE,
                            TOLERANCE));
        }
        return deviations;
    }

    private static RfNet network(ReferenceArrays arrays) {
        int width = rows(arrays, FIRST);
        int classes = rows(arrays, LAST);
        boolean reflect = arrays.scalar("meta/reflect") != 0;
        try {
            return RfNet.builder()
                    .setClasses(classes)
                    .optWidth(width)
                    .optPadding(reflect ? PaddingMode.REFLECT : PaddingMode.ZEROS)
                    .build();
        } catch (IllegalArgumentException e) {
            throw arrays.wrong(e.getMessage().startsWith("width") ? FIRST : LAST, e.getMessage());
        }
    }

    private static int rows(ReferenceArrays arrays, String weight) {
        Shape shape = arrays.get(weight).getShape();
        if (shape.dimension() != 5) {
            throw arrays.wrong(weight, "expected the 5 axes of a convolution, got shape " + shape);
        }
        return Math.toIntExact(shape.get(0));
    }

    private static void initialize(
            RfNet network, ReferenceArrays arrays, NDArray x, NDArray present) {
        NDManager manager = x.getManager();
        try {
            network.initialize(manager, DataType.FLOAT32, x.getShape(), present.getShape());
        } catch (IllegalArgumentException e) {
            String name = e.getMessage().startsWith("x:") ? "x" : "present";
            throw arrays.wrong(name, e.getMessage().replaceFirst("^\\w+: ", ""));
        }
        BlockWeights.load(network, arrays.weights(), arrays.file().toString());
    }
}
