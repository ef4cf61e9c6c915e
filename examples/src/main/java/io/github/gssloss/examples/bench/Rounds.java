/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.bench;

import ai.djl.Device;
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
        try (NDArray probe = manager.zeros(new Shape())) {
            Runnable await = awaiting(manager.getDevice(), probe);
            for (int round = 0; round < warmUp + repeats; round++) {
                for (Map.Entry<String, Contender> contender : contenders.entrySet()) {
                    Stopwatch watch = new Stopwatch(await);
                    contender.getValue().run(watch);
                    if (round >= warmUp) {
                        timings.get(contender.getKey()).add(watch.laps());
                    }
                }
            }
        }
        return timings;
    }

    /** A CUDA device works on while Java goes ahead; it answers a copy to the host when done. */
    private static Runnable awaiting(Device device, NDArray probe) {
        return device.isGpu() ? probe::getFloat : () -> {};
    }
}
