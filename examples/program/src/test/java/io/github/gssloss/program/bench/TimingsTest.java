/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rounds, their medians and the memory of a process. */
class TimingsTest {

    @Test
    void mediansAndTheLeast() {
        Timings timings = new Timings();
        timings.add(Map.of("a", 3_000_000L, "b", 1_000_000L));
        timings.add(Map.of("a", 9_000_000L, "b", 2_000_000L));
        timings.add(Map.of("a", 5_000_000L, "b", 8_000_000L));

        assertThat(timings.median("a")).isEqualTo(5);
        assertThat(timings.median("b")).isEqualTo(2);
        assertThat(timings.median()).isEqualTo(11);
        assertThat(timings.least()).isEqualTo(4);

        timings.add(Map.of("a", 6_000_000L, "b", 7_000_000L));

        assertThat(timings.median("a")).isEqualTo(5.5);
    }

    @Test
    void contendersTakeTurnsAndTheWarmUpDoesNotCount() {
        List<String> order = new ArrayList<>();
        Map<String, Contender> contenders = new LinkedHashMap<>();
        contenders.put("a", watch -> order.add("a"));
        contenders.put(
                "b",
                watch -> {
                    sleep();
                    watch.restart();
                    watch.lap("part");
                    order.add("b");
                });
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, Timings> timings = new Rounds(1, 2).run(manager, contenders);

            assertThat(order).containsExactly("a", "b", "a", "b", "a", "b");
            assertThat(timings.keySet()).containsExactly("a", "b");
            assertThat(timings.get("a").median()).isZero();
            assertThat(timings.get("b").least()).isLessThan(20);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
