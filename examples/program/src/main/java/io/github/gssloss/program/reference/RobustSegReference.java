/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.gssloss.djl.CrossEntropyLoss;
import io.github.gssloss.networks.robustseg.RobustSeg;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reference numbers of RobustSeg: weights {@code w/...}, the images {@code x} (B, M, D, H, W), the
 * subset {@code present} (B, M) of the fusion and the classes {@code label} (B, D, H, W) go in;
 * outputs, what lies between, losses and gradients come out. All sizes follow from the shapes of
 * the weights. Always computed in float32, as the weights are.
 */
final class RobustSegReference {

    /** What {@code meta/network} is. */
    static final int NUMBER = 3;

    /** Biases before an instance norm. */
    private static final Pattern CANCELLED =
            Pattern.compile(".*\\.conv\\.bias|image_decoder\\.\\d+\\.res_\\d\\.conv_\\d\\.bias");

    private RobustSegReference() {}

    /** Recomputes a file. */
    static List<Deviation> of(ReferenceArrays arrays) {
        RobustSeg network =
                NetworkReference.network(
                        arrays, weights -> RobustSeg.builder().sizedAs(weights).build());
        TrainedReference reference = new TrainedReference(arrays, network, List.of("l1", "kl"));
        between(network, reference);
        NDList outputs = reference.outputs();
        reference.task("ce", new CrossEntropyLoss(), outputs);
        reference.task("wce", network.taskLosses().get(0), outputs);
        reference.task("dice", network.taskLosses().get(1), outputs);
        reference.loss("l2", outputs.get("l2"));
        return reference.compare(CANCELLED);
    }

    private static void between(RobustSeg network, TrainedReference reference) {
        NDList all = network.inspect(reference.store(), reference.x(), reference.subset());
        for (NDArray array : all) {
            String name = array.getName();
            if (name.startsWith("content_")) {
                String level = name.substring("content_".length());
                for (int m = 0; m < network.modalities().size(); m++) {
                    String of = "mid/content_" + m + "_" + level;
                    reference.forward(of, array.get(":,{}", m));
                }
            } else if ("fused_logits".equals(name)) {
                reference.forward("out/" + name, array);
            } else if ("l1".equals(name) || "kl".equals(name)) {
                reference.loss(name, array);
            } else {
                reference.forward("mid/" + name, array);
            }
        }
    }
}
