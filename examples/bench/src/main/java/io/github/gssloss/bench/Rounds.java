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
     * @param contenders by their names
     * @return the times by the same names, in the same order
     */
    static Map<String, Stopwatch> run(
            NDManager manager, int warmUp, int repeats, Map<String, Contender> contenders) {
        run(manager, warmUp, contenders);
        return run(manager, repeats, contenders);
    }

    private static Map<String, Stopwatch> run(
            NDManager manager, int rounds, Map<String, Contender> contenders) {
        Map<String, Stopwatch> times = new LinkedHashMap<>();
        contenders.keySet().forEach(name -> times.put(name, new Stopwatch(manager)));
        for (int round = 0; round < rounds; round++) {
            contenders.forEach((name, contender) -> times.get(name).time(contender));
        }
        return times;
    }
}
