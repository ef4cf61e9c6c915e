/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Times contenders in rounds, one after the other in each, so that what else the machine does
 * disturbs all of them alike.
 */
final class Rounds {

    private Rounds() {}

    /**
     * Runs all rounds.
     *
     * @param manager a manager of the device that computes
     * @param warmUp how many rounds run before those that count
     * @param repeats how many count
     * @param contenders by their names or sizes
     * @return the times by the same keys, in the same order
     */
    static <K> Map<K, Stopwatch> run(
            NDManager manager, int warmUp, int repeats, Map<K, Contender> contenders) {
        run(manager, warmUp, contenders);
        return run(manager, repeats, contenders);
    }

    private static <K> Map<K, Stopwatch> run(
            NDManager manager, int rounds, Map<K, Contender> contenders) {
        Map<K, Stopwatch> times = new LinkedHashMap<>();
        contenders.keySet().forEach(key -> times.put(key, new Stopwatch(manager)));
        for (int round = 0; round < rounds; round++) {
            contenders.forEach((key, contender) -> times.get(key).time(contender));
        }
        return times;
    }
}
