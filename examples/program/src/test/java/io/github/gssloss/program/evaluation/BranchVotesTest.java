/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.training.ParameterStore;
import io.github.gssloss.core.Decision;
import io.github.gssloss.core.DistillationInput;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.SoftTarget;
import io.github.gssloss.djl.OutputLayout;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.measure.EvaluationCase;
import io.github.gssloss.imaging.segment.SliceWindows;
import io.github.gssloss.networks.rfnet.RfNet;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.report.SliceVotes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BranchVotesTest {

    private static final float[] SLOPES = {1.5f, -1, 2, -2.5f};
    private static final GssConfig CONFIG = GssConfig.paper();

    /** Noise in a cube, a corner of it tumour. */
    private record Noise(int side) implements EvaluationCase {

        @Override
        public String name() {
            return "noise";
        }

        @Override
        public int[] shape() {
            return new int[] {side, side, side};
        }

        @Override
        public float[] images() {
            Random random = new Random(side);
            float[] images = new float[4 * side * side * side];
            for (int i = 0; i < images.length; i++) {
                images[i] = (float) (2 * random.nextGaussian());
            }
            return images;
        }

        @Override
        public byte[] labels() {
            byte[] labels = new byte[side * side * side];
            labels[side - 2] = 1;
            return labels;
        }
    }

    @Test
    void theRulesDecideAsInAPlainLoop() {
        int side = 9;
        Noise shown = new Noise(side);
        float[] images = shown.images();
        try (NDManager manager = NDManager.newBaseManager()) {
            // Each branch's logits are its image times a slope for each class, voxel by voxel.
            Block network = new LambdaBlock(inputs -> outputs(inputs.get(0)));
            SliceVotes votes =
                    votes(manager, network, new SliceWindows(new int[] {4, 5, 6}, 0.5))
                            .of(manager, shown, 5);
            assertThat(votes.voxels()).isEqualTo(side * side);
            int[] seen = new int[Decision.values().length];
            for (int voxel = 0; voxel < side * side; voxel++) {
                double[][] logits = new double[4][4];
                for (int m = 0; m < 4; m++) {
                    float value = images[(m * side * side + voxel) * side + 5];
                    for (int c = 0; c < 4; c++) {
                        logits[m][c] = value * SLOPES[c];
                    }
                }
                double[] expected = target(logits);
                for (int c = 0; c < 4; c++) {
                    Decision decision = decision(logits, c);
                    assertThat(votes.decision(c, voxel)).isEqualTo(decision);
                    assertThat(votes.target(c, voxel))
                            .isCloseTo((float) expected[c], within(1e-5f));
                    seen[decision.code()]++;
                }
                assertThat(votes.isDecided(voxel)).isTrue();
            }
            assertThat(seen[0]).isZero();
            for (int code = 1; code < seen.length; code++) {
                assertThat(seen[code]).as(Decision.values()[code].name()).isPositive();
            }
            assertThat(manager.getManagedArrays()).isEmpty();
        }
    }

    @Test
    void aWindowOverTheWholeCaseGivesTheNetworksOwnLogits() {
        Noise shown = new Noise(16);
        try (NDManager manager = NDManager.newBaseManager()) {
            RfNet network = RfNet.builder().setClasses(4).optWidth(4).build();
            network.initialize(
                    manager, DataType.FLOAT32, new Shape(1, 4, 16, 16, 16), new Shape(1, 4));
            SliceVotes votes =
                    votes(manager, network, new SliceWindows(shown.shape(), 0.5))
                            .of(manager, shown, 11);
            NDArray image = manager.create(shown.images(), new Shape(1, 4, 16, 16, 16));
            NDList inputs = new NDList(image, Brats.BRATS2020.all().toArray(manager));
            NDList outputs = network.forward(new ParameterStore(manager, false), inputs, true);
            SoftTarget target =
                    new GroupDistillation(CONFIG)
                            .softTarget(DistillationInput.of(new NDList(outputs.subList(9, 13))));
            float[] expected = target.target().get("0,:,:,:,11").toFloatArray();
            byte[] decisions = target.vote().decision().get("0,:,:,:,11").toByteArray();
            for (int c = 0; c < 4; c++) {
                for (int voxel = 0; voxel < 256; voxel++) {
                    int i = c * 256 + voxel;
                    assertThat(votes.target(c, voxel)).isCloseTo(expected[i], within(1e-6f));
                    assertThat(votes.decision(c, voxel).code()).isEqualTo(decisions[i]);
                }
            }
        }
    }

    @Test
    void runsThatVoteAreDrawn(@TempDir Path folder) throws IOException {
        Noise shown = new Noise(16);
        Map<String, String> tiny = Map.of("crop", "16", "model.width", "4");
        try (RunNetwork network = RunNetwork.create(RunSettings.of(tiny), Device.cpu())) {
            BranchVotes.draw(network, 0.5, shown, folder.resolve("decisions-noise.png"));
        }
        Path picture = folder.resolve("decisions-noise.png");
        assertThat(picture).isNotEmptyFile();
        Files.delete(picture);
        Map<String, String> remedied = new HashMap<>(tiny);
        remedied.put("loss.trust", "label");
        remedied.put("loss.balance", "class");
        remedied.put("loss.readiness.bar", "0.5");
        try (RunNetwork network = RunNetwork.create(RunSettings.of(remedied), Device.cpu())) {
            BranchVotes.draw(network, 0.5, shown, picture);
        }
        assertThat(picture).isNotEmptyFile();
        Files.delete(picture);
        for (String other :
                List.of(
                        "loss.preset=none",
                        "loss.preset=passion",
                        "loss.teacher=mutual",
                        "loss.teacher=fused",
                        "loss.teacher=votesElseFused")) {
            Map<String, String> settings = new HashMap<>(tiny);
            int equals = other.indexOf('=');
            settings.put(other.substring(0, equals), other.substring(equals + 1));
            try (RunNetwork network = RunNetwork.create(RunSettings.of(settings), Device.cpu())) {
                BranchVotes.draw(network, 0.5, shown, folder.resolve("decisions-noise.png"));
            }
            assertThat(picture).as(other).doesNotExist();
        }
    }

    private static BranchVotes votes(NDManager manager, Block network, SliceWindows windows) {
        ParameterStore store = new ParameterStore(manager, false);
        return new BranchVotes(
                inputs -> network.forward(store, inputs, true),
                OutputLayout.rfnet(),
                new GroupDistillation(CONFIG),
                windows);
    }

    /** Thirteen outputs as RFNet has them, of which only the branch logits are looked at. */
    private static NDList outputs(NDArray image) {
        NDArray slopes = image.getManager().create(SLOPES, new Shape(1, 4, 1, 1, 1));
        NDList outputs = new NDList();
        for (int i = 0; i < 9; i++) {
            outputs.add(image);
        }
        for (int m = 0; m < 4; m++) {
            outputs.add(image.get(":,{}:{}", m, m + 1).mul(slopes));
        }
        return outputs;
    }

    private static Decision decision(double[][] logits, int classIndex) {
        double[] p = new double[4];
        for (int m = 0; m < 4; m++) {
            p[m] = softmax(logits[m], 1)[classIndex];
        }
        int confident = 0;
        int leaders = 0;
        boolean members = true;
        for (int m = 0; m < 4; m++) {
            if (CONFIG.groups().groups().get(classIndex).leaders().contains(m)) {
                leaders++;
                confident += p[m] > 0.65 ? 1 : 0;
            } else {
                members &= p[m] > 0.75;
            }
        }
        if (confident == leaders) {
            return Decision.ALL_LEADERS;
        }
        if (confident > 0) {
            return Decision.SOME_LEADERS;
        }
        return members ? Decision.MEMBERS : Decision.MINIMUM;
    }

    /** The votes of all classes, divided by their sum. */
    private static double[] target(double[][] logits) {
        double[] votes = new double[4];
        double sum = 0;
        for (int c = 0; c < 4; c++) {
            double leadersMax = 0;
            double leadersMin = 1;
            double all = 1;
            double members = 0;
            int memberCount = 0;
            for (int m = 0; m < 4; m++) {
                double q = softmax(logits[m], 8)[c];
                all = Math.min(all, q);
                if (CONFIG.groups().groups().get(c).leaders().contains(m)) {
                    leadersMax = Math.max(leadersMax, q);
                    leadersMin = Math.min(leadersMin, q);
                } else {
                    members += q;
                    memberCount++;
                }
            }
            votes[c] =
                    switch (decision(logits, c)) {
                        case ALL_LEADERS -> leadersMax;
                        case SOME_LEADERS -> leadersMax - 0.3 * (leadersMax - leadersMin);
                        case MEMBERS -> members / memberCount;
                        default -> all;
                    };
            sum += votes[c];
        }
        for (int c = 0; c < 4; c++) {
            votes[c] /= sum;
        }
        return votes;
    }

    private static double[] softmax(double[] logits, double temperature) {
        double[] values = new double[logits.length];
        double sum = 0;
        for (int c = 0; c < logits.length; c++) {
            values[c] = Math.exp(logits[c] / temperature);
            sum += values[c];
        }
        for (int c = 0; c < logits.length; c++) {
            values[c] /= sum;
        }
        return values;
    }
}
