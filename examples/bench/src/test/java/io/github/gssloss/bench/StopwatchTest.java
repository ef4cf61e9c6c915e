/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Times by part, their medians, and contenders that take turns. */
class StopwatchTest {

    private static final long MILLI = 1_000_000;

    private long now;

    @Test
    void partsAndWholeRuns() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Stopwatch watch = new Stopwatch(manager, () -> now);
            for (int millis : new int[] {3, 9, 5}) {
                watch.time(
                        run -> {
                            now += 100 * MILLI;
                            run.restart();
                            now += millis * MILLI;
                            run.lap("a");
                            now += 2 * MILLI;
                            run.lap("b");
                            now += 100 * MILLI;
                        });
            }

            assertThat(watch.median("a")).isEqualTo(5);
            assertThat(watch.median("b")).isEqualTo(2);
            assertThat(watch.median("c")).isNaN();
            assertThat(watch.median()).isEqualTo(7);
            assertThat(watch.least()).isEqualTo(5);

            watch.time(
                    run -> {
                        now += 6 * MILLI;
                        run.lap("a");
                    });

            assertThat(watch.median("a")).isEqualTo(6);
            assertThat(watch.median()).isEqualTo(7);
        }
    }

    @Test
    void contendersTakeTurnsAndTheWarmUpDoesNotCount() {
        List<String> order = new ArrayList<>();
        Map<String, Contender> contenders = new LinkedHashMap<>();
        for (String name : List.of("a", "b")) {
            contenders.put(
                    name,
                    watch -> {
                        order.add(name);
                        watch.lap("part " + order.size());
                    });
        }
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, Stopwatch> times = Stopwatch.rounds(manager, 1, 2, contenders);

            assertThat(order).containsExactly("a", "b", "a", "b", "a", "b");
            assertThat(times.keySet()).containsExactly("a", "b");
            assertThat(times.get("a").median("part 1")).isNaN();
            assertThat(times.get("a").median("part 3")).isPositive();
            assertThat(times.get("b").median("part 3")).isNaN();
            assertThat(times.get("b").median("part 6")).isPositive();
        }
    }
}
