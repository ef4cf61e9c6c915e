/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoxelTasksTest {

    private static final String THREADS = "ai.djl.pytorch.num_threads";
    private static final int MANY = 12;

    private String before;

    /** The pool has as many threads as when it was needed first, in whichever test. */
    @BeforeEach
    void severalThreads() {
        before = System.getProperty(THREADS);
        System.setProperty(THREADS, "2");
    }

    @AfterEach
    void asBefore() {
        if (before == null) {
            System.clearProperty(THREADS);
        } else {
            System.setProperty(THREADS, before);
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "all",
            value = {
                "'', 3, 3",
                "5, 3, 5",
                "0, 3, 3",
                "'', '2,1', 2",
                "'', ' 4', 4",
                "'', '4 , 2', 4",
                "'', 0, all",
                "'', -1, all",
                "'', '', all",
                "'', ',2', all",
                "'', many, all",
                "x, 99999, all"
            })
    void threadsAreTheEngines(String property, String environment, Integer expected) {
        int all = Runtime.getRuntime().availableProcessors();
        assertThat(VoxelTasks.threads(property, environment))
                .isEqualTo(expected == null ? all : expected);
    }

    /** Its voxels are memory of the engine, which is freed after the exception. */
    @Test
    void noTaskRunsAnyMoreWhenTheExceptionOfAnotherIsThrown() {
        AtomicInteger running = new AtomicInteger();
        CountDownLatch second = new CountDownLatch(1);
        OutOfMemoryError thrown = new OutOfMemoryError("of a test");
        assertThatThrownBy(
                        () ->
                                VoxelTasks.run(
                                        MANY,
                                        1,
                                        (sample, first, end) -> {
                                            if (running.incrementAndGet() == 1) {
                                                await(second, 2000);
                                                running.decrementAndGet();
                                                throw thrown;
                                            }
                                            second.countDown();
                                            await(new CountDownLatch(1), 300);
                                            return running.decrementAndGet();
                                        }))
                .isSameAs(thrown);
        assertThat(running).hasValue(0);
    }

    private static void await(CountDownLatch latch, int milliseconds) {
        try {
            latch.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void resultsAreInOrderFromAnyThreadAlsoAnInterruptedOne() throws Exception {
        List<Integer> expected = IntStream.range(0, MANY).boxed().toList();
        assertThat(samples()).isEqualTo(expected);
        ForkJoinPool other = new ForkJoinPool(1);
        try {
            assertThat(other.submit(VoxelTasksTest::samples).get()).isEqualTo(expected);
        } finally {
            other.shutdown();
        }
        Thread.currentThread().interrupt();
        List<Integer> interrupted = samples();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupted).isEqualTo(expected);
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void noSampleIsNoTask() {
        assertThat(VoxelTasks.run(0, 1, (sample, first, end) -> sample)).isEmpty();
    }

    /** The first call has all threads until the second has ended. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void callingThreadNeedsNoOther() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Thread first =
                new Thread(
                        () ->
                                VoxelTasks.run(
                                        MANY,
                                        1,
                                        (sample, from, to) -> {
                                            begun.countDown();
                                            await(ended, 30_000);
                                            return ended.getCount();
                                        }));
        first.start();
        begun.await();
        assertThat(samples()).hasSize(MANY);
        assertThat(first.isAlive()).isTrue();
        ended.countDown();
        first.join();
    }

    private static List<Integer> samples() {
        return VoxelTasks.run(MANY, 1, (sample, first, end) -> sample);
    }
}
