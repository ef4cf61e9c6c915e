/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Times contenders in rounds, one after the other in each, so that what else the machine does
 * disturbs all of them alike.
 */
final class Rounds {

    private final int warmUp;
    private final int repeats;

    /**
     * Creates the rounds.
     *
     * @param warmUp how many rounds run before those that count
     * @param repeats how many count
     */
    Rounds(int warmUp, int repeats) {
        this.warmUp = warmUp;
        this.repeats = repeats;
    }

    /** Runs all rounds and returns the times by the contenders' names. */
    Map<String, Timings> run(NDManager manager, Map<String, Contender> contenders) {
        Map<String, Timings> timings = new LinkedHashMap<>();
        contenders.keySet().forEach(name -> timings.put(name, new Timings()));
        Runnable await = awaiting(manager);
        for (int round = 0; round < warmUp + repeats; round++) {
            for (Map.Entry<String, Contender> contender : contenders.entrySet()) {
                Stopwatch watch = new Stopwatch(await);
                contender.getValue().run(watch);
                if (round >= warmUp) {
                    timings.get(contender.getKey()).add(watch.laps());
                }
            }
        }
        return timings;
    }

    /**
     * What returns when the device of a manager has done all it was given: a CUDA device works on
     * while Java goes ahead, and answers a copy to the host when it is done.
     */
    static Runnable awaiting(NDManager manager) {
        if (!manager.getDevice().isGpu()) {
            return () -> {};
        }
        return () -> {
            try (NDArray probe = manager.zeros(new Shape())) {
                probe.getFloat();
            }
        };
    }
}
