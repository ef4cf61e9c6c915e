/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.uhved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.github.gssloss.networks.BlockTest;
import io.github.gssloss.networks.weights.BlockWeights;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What changes an output and what does not, and the losses of its own. */
class UhvedRulesTest extends BlockTest {

    private static final List<Integer> ORDER = List.of(2, 0, 1);

    UhvedRulesTest() {
        super(31);
    }

    @Test
    void aMissingImageChangesNoOutputButItsBranch() {
        Uhved network = UhvedCases.fixedNoise(manager, 3);
        NDArray x = UhvedCases.images(manager, 1, 3);
        NDArray other = x.duplicate();
        other.get(":,1").addi(UhvedCases.images(manager, 1, 1).get(":,0"));
        NDArray subset = manager.create(new float[][] {{1, 0, 1}});

        NDList before = network.forward(store, new NDList(x, subset, subset), true);
        NDList after = network.forward(store, new NDList(other, subset, subset), true);

        for (NDArray output : before) {
            boolean same = after.get(output.getName()).contentEquals(output);
            assertThat(same).as(output.getName()).isEqualTo(!output.getName().endsWith("_1"));
        }
        NDList features = network.encode(store, x, false);
        NDList others = network.encode(store, other, false);
        assertThat(network.fuse(store, others, subset))
                .isEqualTo(network.fuse(store, features, subset));
    }

    @Test
    void anImageOutsideTheSubsetIsStillATarget() {
        Uhved network = UhvedCases.fixedNoise(manager, 2);
        NDArray x = UhvedCases.images(manager, 2, 2);
        NDArray subset = manager.create(new float[][] {{1, 0}, {1, 0}});
        NDArray present = manager.create(new float[][] {{1, 1}, {1, 0}});

        NDList outputs = network.forward(store, new NDList(x, subset, present), true);

        NDArray squares = outputs.get("recon").sub(x).square();
        double expected = 0;
        for (int[] image : new int[][] {{0, 0}, {0, 1}, {1, 0}}) {
            expected += squares.get(image[0], image[1]).mean().getFloat() / 3;
        }
        assertThat((double) outputs.get("mse").getFloat()).isCloseTo(expected, within(1e-5));
    }

    @Test
    void theDecayIsTheMeanOverKernels() {
        Uhved network = UhvedCases.network(manager, 2, 3, 4);
        NDArray all = manager.ones(new Shape(1, 2));

        NDList outputs =
                network.forward(store, new NDList(UhvedCases.images(manager, 1, 2), all), true);

        double sum = 0;
        int kernels = 0;
        for (Map.Entry<String, Parameter> entry : BlockWeights.parameters(network).entrySet()) {
            if (entry.getKey().endsWith(".weight")) {
                for (float weight : entry.getValue().getArray().toFloatArray()) {
                    sum += (double) weight * weight;
                }
                kernels++;
            }
        }
        assertThat(kernels).isEqualTo(2 * 9 + 3 * 7);
        double expected = 1e-5 / 2 * sum / kernels;
        assertThat((double) outputs.get("l2").getFloat())
                .isCloseTo(expected, within(1e-5 * expected));
    }

    @Test
    void aBranchIsTheAnswerToItsModalityAlone() {
        Uhved network = UhvedCases.fixedNoise(manager, 3);
        NDArray x = UhvedCases.images(manager, 2, 3);
        NDList features = network.encode(store, x, false);
        NDList branches = network.branchLogits(store, features);
        NDArray all = manager.ones(new Shape(2, 3));
        NDList trained = network.forward(store, new NDList(x, all), true);

        for (int m = 0; m < 3; m++) {
            NDArray only = manager.zeros(new Shape(2, 3));
            only.get(":,{}", m).addi(1);
            NDArray alone = network.fuse(store, features, only);
            assertThat(UhvedCases.distance(alone, branches.get(m).softmax(1))).isLessThan(1e-6);
            assertThat(UhvedCases.distance(trained.get("branch_logits_" + m), branches.get(m)))
                    .isLessThan(1e-6);
        }
        // Nothing given: the prior, which is an answer too.
        NDArray none = network.fuse(store, features, manager.zeros(new Shape(2, 3)));
        assertThat(none.isNaN().any().getBoolean()).isFalse();
    }

    @Test
    void anotherOrderOfModalitiesChangesTheOrderOfBranchesAndImagesOnly() {
        Uhved network = UhvedCases.fixedNoise(manager, 3);
        Uhved permuted = UhvedCases.fixedNoise(manager, 3);
        NDList weights = new NDList();
        Map<String, Parameter> parameters = BlockWeights.parameters(network);
        for (String name : parameters.keySet()) {
            String from = name;
            for (int m = 0; m < 3; m++) {
                if (name.matches("(encoder|recon)\\." + m + "\\..*")) {
                    from = name.replaceFirst("\\.\\d", "." + ORDER.get(m));
                }
            }
            NDArray weight = parameters.get(from).getArray().duplicate();
            weight.setName(name);
            weights.add(weight);
        }
        BlockWeights.load(permuted, weights, "test");
        NDArray x = UhvedCases.images(manager, 2, 3);
        NDArray subset = manager.create(new float[][] {{1, 0, 1}, {1, 1, 0}});
        NDArray order = manager.create(new long[] {2, 0, 1});

        NDList expected = network.forward(store, new NDList(x, subset), true);
        NDList actual =
                permuted.forward(
                        store, new NDList(columns(x, order), columns(subset, order)), true);

        for (String name : List.of("fused", "kl", "mse", "l2")) {
            assertThat(UhvedCases.distance(actual.get(name), expected.get(name)))
                    .as(name)
                    .isLessThan(1e-5);
        }
        NDArray images = columns(expected.get("recon"), order);
        assertThat(UhvedCases.distance(actual.get("recon"), images)).isLessThan(1e-5);
        for (int m = 0; m < 3; m++) {
            NDArray branch = expected.get("branch_logits_" + ORDER.get(m));
            assertThat(UhvedCases.distance(actual.get("branch_logits_" + m), branch))
                    .isLessThan(1e-5);
        }
    }

    private static NDArray columns(NDArray array, NDArray order) {
        return array.swapAxes(0, 1).get(order).swapAxes(0, 1);
    }
}
