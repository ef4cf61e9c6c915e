/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.core.Balance;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.Readiness;
import io.github.gssloss.core.Trust;
import io.github.gssloss.core.UnreadyVote;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * How many operations of the engine a loss takes, and that each setting costs only where it is on.
 */
class OperationsTest {

    /** The most that the presets take, with the task losses of RFNet's outputs. */
    private static final Map<GssConfig, Integer> MOST =
            Map.of(
                    GssConfig.paper(),
                    383,
                    GssConfig.paperAblation(),
                    383,
                    GssConfig.released(),
                    541);

    private static int operations(GssConfig config, boolean missing) {
        try (NDManager manager = NDManager.newBaseManager()) {
            Shape shape = new Shape(2, 4, 6, 6, 6);
            NDList outputs = new NDList();
            for (int i = 0; i < OutputLayout.rfnet().numOutputs(); i++) {
                NDArray z = manager.randomNormal(shape);
                outputs.add(i < 9 ? z.softmax(1) : z);
            }
            NDList labels = new NDList(manager.zeros(new Shape(2, 6, 6, 6)));
            if (missing) {
                labels.add(manager.create(new int[] {1, 1, 1, 1, 1, 0, 1, 1}, new Shape(2, 4)));
            }
            HostTraffic traffic = new HostTraffic();
            NDList counted = traffic.counted(outputs);
            NDList countedLabels = traffic.counted(labels);
            traffic.operations();
            GssLoss.builder()
                    .setLayout(OutputLayout.rfnet())
                    .setConfig(config)
                    .optBlockVoxels(1 << 16)
                    .build()
                    .evaluate(countedLabels, counted);
            return traffic.operations();
        }
    }

    @Test
    void thePresetsTakeNoMoreThanTheirCeiling() {
        MOST.forEach(
                (config, wanted) ->
                        assertThat(operations(config, false))
                                .as("%s", config)
                                .isLessThanOrEqualTo(wanted));
        assertThat(operations(GssConfig.paper(), true)).isLessThanOrEqualTo(800);
    }

    @Test
    void eachSettingThatIsOnTakesMore() {
        int off = operations(GssConfig.paper(), false);
        GssConfig trust = GssConfig.builder().optTrust(Trust.LABEL).build();
        GssConfig balance = GssConfig.builder().optBalance(Balance.CLASS).build();
        GssConfig readiness =
                GssConfig.builder().optReadiness(Readiness.of(0.5, 0.9, UnreadyVote.LABEL)).build();
        assertThat(operations(trust, false)).isGreaterThan(off);
        assertThat(operations(balance, false)).isGreaterThan(off);
        assertThat(operations(readiness, false)).isGreaterThan(off);
    }
}
