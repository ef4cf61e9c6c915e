/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The loss, what it is measured against, and its parts, one at a time: what {@code gss bench loss}
 * times in turn. Each works on the CPU on a batch of two.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class LossBenchmark {

    private static final int SEED = 7;

    /** The voxels of a side. */
    @Param("80")
    private int side;

    /** The modalities. */
    @Param("4")
    private int modalities;

    /** The classes. */
    @Param("4")
    private int classes;

    /** The threads of the engine. */
    @Param("2")
    private int threads;

    /** What is timed. */
    @Param({
        LossContenders.OURS,
        LossContenders.AUTOGRAD,
        LossContenders.FLOOR,
        LossContenders.MASK,
        LossContenders.CORE,
        LossContenders.UNMASKED,
        LossContenders.SOFTMAX,
        LossContenders.COPY,
        LossContenders.PRODUCT
    })
    private String what;

    private NDManager manager;
    private Contender contender;

    /** Draws the logits. */
    @Setup(Level.Trial)
    public void draw() {
        EngineThreads.set(threads);
        Engine.getInstance().setRandomSeed(SEED);
        manager = NDManager.newBaseManager();
        LossCase size = new LossCase(2, side, modalities, classes);
        LossContenders contenders = new LossContenders(size, manager);
        Map<String, Contender> all = new LinkedHashMap<>(contenders.compared());
        all.putAll(contenders.parts());
        contender = all.get(what);
    }

    /** Frees them. */
    @TearDown(Level.Trial)
    public void close() {
        manager.close();
    }

    /** Runs once. */
    @Benchmark
    public void run() {
        contender.run(new Stopwatch(() -> {}));
    }
}
