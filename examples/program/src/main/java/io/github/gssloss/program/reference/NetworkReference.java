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
import java.util.function.DoublePredicate;
import java.util.function.Function;

/**
 * Reference numbers of a network: weights {@code w/...} under their published names, the images
 * {@code x} (B, M, D, H, W), the subset {@code present} (B, M) of the fusion, {@code meta/reflect}
 * (1 where all 3^3 convolutions reflect) and {@code meta/heads} (attention heads; 0: RFNet); every
 * {@code out/...} is recomputed. All other sizes follow from the shapes of the weights. Always
 * computed in float32, as the weights are, and without dropout.
 */
final class NetworkReference {

    private static final double TOLERANCE = 1e-4;
    private static final String HEADS = "meta/heads";
    private static final String OUTPUT = "out/";

    private NetworkReference() {}

    /** Whether a file holds weights of a network with so many attention heads. */
    static boolean hasHeads(ReferenceArrays arrays, DoublePredicate heads) {
        return !arrays.weights().isEmpty() && heads.test(arrays.scalar(HEADS));
    }

    /** Recomputes RFNet, with all of its outputs. */
    static List<Deviation> ofRfNet(ReferenceArrays arrays) {
        return compare(
                arrays,
                weights -> RfNet.builder().sizedAs(weights).optPadding(padding(arrays)).build(),
                ModalityNetwork::outputNames);
    }

    /** Recomputes mmFormer, whose published code does not give the branch logits. */
    static List<Deviation> ofMmFormer(ReferenceArrays arrays) {
        return compare(
                arrays,
                weights ->
                        MmFormer.builder()
                                .sizedAs(weights)
                                .optHeads((int) arrays.scalar(HEADS))
                                .optPadding(padding(arrays))
                                .optFusionPadding(padding(arrays))
                                .optDropout(0)
                                .build(),
                NetworkReference::withoutLogits);
    }

    private static List<String> withoutLogits(ModalityNetwork network) {
        return network.outputNames().stream()
                .filter(name -> !name.startsWith("branch_logits_"))
                .toList();
    }

    private static List<Deviation> compare(
            ReferenceArrays arrays,
            Function<WeightShapes, ModalityNetwork> sized,
            Function<ModalityNetwork, List<String>> required) {
        NDArray x = arrays.get("x").toType(DataType.FLOAT32, false);
        NDArray present = arrays.get("present").neq(0);
        ModalityNetwork network = network(arrays, sized);
        initialize(network, arrays, x, present);
        checkOutputs(network, arrays, x.getShape(), required.apply(network));
        ParameterStore store = new ParameterStore(x.getManager(), false);
        List<Deviation> deviations = new ArrayList<>();
        for (NDArray output : network.forward(store, new NDList(x, present), true)) {
            String name = OUTPUT + output.getName();
            if (arrays.has(name)) {
                DataType type = output.getDataType();
                deviations.add(
                        Deviation.of(arrays, name, output, type, Measure.ABSOLUTE, TOLERANCE));
            }
        }
        return deviations;
    }

    private static void checkOutputs(
            ModalityNetwork network, ReferenceArrays arrays, Shape x, List<String> required) {
        Shape expected = network.getOutputShapes(new Shape[] {x})[0];
        List<String> known = network.outputNames();
        required.forEach(name -> arrays.get(OUTPUT + name, expected));
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

    private static ModalityNetwork network(
            ReferenceArrays arrays, Function<WeightShapes, ModalityNetwork> sized) {
        String source = arrays.file().toString();
        try {
            return sized.apply(new WeightShapes(source, BlockWeights.shapes(arrays.weights())));
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
}
