/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.VoxelMask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
 * The loss, what {@code gss bench loss} compares it with, and its parts, one at a time, on the CPU.
 * The logits are drawn once; each call works on aliases of them in a manager of its own.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class LossBenchmark {

    private static final int SEED = 7;
    private static final int CALLS = 1000;

    /** The samples. */
    @Param("2")
    private int batch;

    /** The voxels of a side. */
    @Param("80")
    private int side;

    /** The modalities. */
    @Param("4")
    private int modalities;

    /** The classes. */
    @Param("4")
    private int classes;

    /** The threads of the engine; 0: as many as there are processors. */
    @Param("0")
    private int threads;

    private NDManager manager;
    private LossContenders contenders;
    private GssConfig config;
    private GroupDistillation masked;
    private GroupDistillation unmasked;
    private Stopwatch unused;

    /** Draws the logits. */
    @Setup(Level.Trial)
    public void draw() {
        BenchOptions.setThreads(
                threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
        Engine.getInstance().setRandomSeed(SEED);
        manager = NDManager.newBaseManager();
        LossCase size = new LossCase(batch, side, modalities, classes);
        contenders = new LossContenders(size, manager);
        config = size.config();
        masked = new GroupDistillation(config);
        unmasked = new GroupDistillation(config.toBuilder().optMaskRate(0).build());
    }

    /** Frees them. */
    @TearDown(Level.Trial)
    public void close() {
        manager.close();
    }

    /** A stopwatch keeps what it takes: each iteration has a new one. */
    @Setup(Level.Iteration)
    public void forget() {
        unused = new Stopwatch(manager);
    }

    /** The loss as a trainer uses it, forward and backward. */
    @Benchmark
    public void gss() {
        contenders.gss().run(unused);
    }

    /** The same by operations of the engine, where the loss itself takes one pass. */
    @Benchmark
    public void byEngine() {
        contenders.byEngine().run(unused);
    }

    /** The paper's formula by DJL's operations, its gradients by autograd. */
    @Benchmark
    public void autograd() {
        contenders.autograd().run(unused);
    }

    /** One plain and one tempered softmax a branch, forward. */
    @Benchmark
    public void softmaxes() {
        contenders.softmaxes().run(unused);
    }

    /** The core alone: loss and gradients. */
    @Benchmark
    public void core() {
        forward(branches -> masked.evaluate(branches).close());
    }

    /** The core without a mask. */
    @Benchmark
    public void coreUnmasked() {
        forward(branches -> unmasked.evaluate(branches).close());
    }

    /** Drawing the mask. */
    @Benchmark
    public void mask() {
        forward(
                branches -> {
                    NDArray z = branches.get(0);
                    VoxelMask.draw(z.getManager(), z.getShape(), config.maskRate()).close();
                });
    }

    /** One softmax of each branch. */
    @Benchmark
    public void softmax() {
        forward(branches -> branches.forEach(z -> z.softmax(1)));
    }

    /** A copy of each branch: what it costs to read and to write the logits once. */
    @Benchmark
    public void copy() {
        forward(branches -> branches.forEach(NDArray::duplicate));
    }

    /** A product in place of each branch: the same without new memory. */
    @Benchmark
    public void product() {
        forward(branches -> branches.forEach(z -> z.muli(1)));
    }

    /** A thousand calls into the engine that compute next to nothing. */
    @Benchmark
    public void thousandCalls() {
        try (NDArray scalar = manager.zeros(new Shape())) {
            for (int i = 0; i < CALLS; i++) {
                scalar.addi(scalar);
            }
        }
    }

    private void forward(Consumer<NDList> work) {
        contenders.forward(work).run(unused);
    }
}
