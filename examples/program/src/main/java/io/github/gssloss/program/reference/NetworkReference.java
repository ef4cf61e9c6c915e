/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.networks.ModalityNetwork;
import io.github.gssloss.networks.PaddingMode;
import io.github.gssloss.networks.WeightShapes;
import io.github.gssloss.networks.mmformer.MmFormer;
import io.github.gssloss.networks.rfnet.RfNet;
import io.github.gssloss.networks.weights.BlockWeights;
import java.util.ArrayList;
import java.util.List;

/**
 * Reference numbers of a network: weights {@code w/...} under their published names, the images
 * {@code x} (B, 4, D, H, W), the subset {@code present} (B, 4) of the fusion, {@code meta/reflect}
 * (1 where all 3^3 convolutions reflect) and {@code meta/heads} (attention heads; 0: RFNet); every
 * {@code out/...} is recomputed. All other sizes follow from the shapes of the weights. Always
 * computed in float32, as the weights are, and without dropout.
 */
abstract class NetworkReference implements Reference {

    private static final double TOLERANCE = 1e-4;
    private static final String OUTPUT = "out/";

    /** The network whose size the arrays have. */
    abstract ModalityNetwork network(ReferenceArrays arrays, WeightShapes weights);

    /** Whether so many attention heads are this network's. */
    abstract boolean hasHeads(double heads);

    /** How many of the network's outputs a file must hold, from the first on. */
    abstract int requiredOutputs();

    @Override
    public boolean matches(ReferenceArrays arrays) {
        return !arrays.weights().isEmpty() && hasHeads(arrays.scalar("meta/heads"));
    }

    @Override
    public List<Deviation> compare(ReferenceArrays arrays, List<DataType> types) {
        NDArray x = arrays.get("x").toType(DataType.FLOAT32, false);
        NDArray present = arrays.get("present").neq(0);
        ModalityNetwork network = sized(arrays);
        initialize(network, arrays, x, present);
        checkOutputs(network, arrays, x.getShape());
        ParameterStore store = new ParameterStore(x.getManager(), false);
        List<Deviation> deviations = new ArrayList<>();
        for (NDArray output : network.forward(store, new NDList(x, present), true)) {
            String name = OUTPUT + output.getName();
            if (arrays.has(name)) {
                double largest = Measure.ABSOLUTE.of(arrays.get(name), output);
                deviations.add(
                        new Deviation(
                                name,
                                output.getShape(),
                                output.getDataType(),
                                largest,
                                Measure.ABSOLUTE,
                                TOLERANCE));
            }
        }
        return deviations;
    }

    private void checkOutputs(ModalityNetwork network, ReferenceArrays arrays, Shape x) {
        Shape expected = network.getOutputShapes(new Shape[] {x})[0];
        List<String> known = network.outputNames();
        known.subList(0, requiredOutputs()).forEach(name -> arrays.get(OUTPUT + name, expected));
        for (NDArray array : arrays.arrays()) {
            String name = array.getName();
            if (name.startsWith(OUTPUT)) {
                if (!known.contains(name.substring(OUTPUT.length()))) {
                    throw arrays.wrong(
                            name, "expected one of the outputs " + String.join(", ", known));
                }
                arrays.get(name, expected);
            }
        }
    }

    private ModalityNetwork sized(ReferenceArrays arrays) {
        String source = arrays.file().toString();
        try {
            return network(arrays, new WeightShapes(source, BlockWeights.shapes(arrays.weights())));
        } catch (IllegalArgumentException e) {
            throw new UserInputException(
                    source + ": expected the weights of a network, got " + e.getMessage(), e);
        }
    }

    private static void initialize(
            ModalityNetwork network, ReferenceArrays arrays, NDArray x, NDArray present) {
        try {
            network.initialize(x.getManager(), DataType.FLOAT32, x.getShape(), present.getShape());
        } catch (IllegalArgumentException e) {
            String name = e.getMessage().startsWith("x:") ? "x" : "present";
            throw arrays.wrong(name, e.getMessage().replaceFirst("^\\w+: ", ""));
        }
        BlockWeights.load(network, arrays.weights(), network::neverUses, arrays.file().toString());
    }

    private static PaddingMode padding(ReferenceArrays arrays) {
        return arrays.scalar("meta/reflect") != 0 ? PaddingMode.REFLECT : PaddingMode.ZEROS;
    }

    /** RFNet, with all of its 13 outputs. */
    static final class OfRfNet extends NetworkReference {

        @Override
        public String description() {
            return "RFNet (w/... with meta/heads 0)";
        }

        @Override
        boolean hasHeads(double heads) {
            return heads == 0;
        }

        @Override
        int requiredOutputs() {
            return RfNet.OUTPUT_NAMES.size();
        }

        @Override
        ModalityNetwork network(ReferenceArrays arrays, WeightShapes weights) {
            return RfNet.builder().sizedAs(weights).optPadding(padding(arrays)).build();
        }
    }

    /** mmFormer, whose published code does not give the branch logits. */
    static final class OfMmFormer extends NetworkReference {

        @Override
        public String description() {
            return "mmFormer (w/... with meta/heads 1 or more)";
        }

        @Override
        boolean hasHeads(double heads) {
            return heads >= 1 && heads == Math.rint(heads);
        }

        @Override
        int requiredOutputs() {
            return MmFormer.OUTPUT_NAMES.indexOf("branch_logits_flair");
        }

        @Override
        ModalityNetwork network(ReferenceArrays arrays, WeightShapes weights) {
            PaddingMode padding = padding(arrays);
            return MmFormer.builder()
                    .sizedAs(weights)
                    .optHeads((int) arrays.scalar("meta/heads"))
                    .optPadding(padding)
                    .optFusionPadding(padding)
                    .optDropout(0)
                    .build();
        }
    }
}
