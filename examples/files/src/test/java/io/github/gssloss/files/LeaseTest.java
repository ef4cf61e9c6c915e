/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {

    private static final Duration BEAT = Duration.ofMillis(50);
    private static final Duration SILENCE = Duration.ofMillis(700);

    @TempDir private Path folder;
    private Path lease;
    private final List<String> lost = new ArrayList<>();

    @BeforeEach
    void lease() {
        lease = folder.resolve(".cell.lease");
    }

    /** Takes the lease of a folder, says so and waits to be killed. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] args) throws Exception {
            Lease.take(Path.of(args[0]), "cell", Duration.ZERO, BEAT, SILENCE, line -> {});
            System.out.println("held");
            TimeUnit.MINUTES.sleep(1);
        }
    }

    @Test
    void manyThatWaitWorkOneAfterAnother() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Future<Boolean>> results = new ArrayList<>();
        Callable<Boolean> work =
                () ->
                        Lease.holding(
                                lease,
                                "cell",
                                Lease.PATIENCE,
                                lost::add,
                                () -> {
                                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                    pause(20);
                                    inside.decrementAndGet();
                                    return true;
                                });
        for (int i = 0; i < 16; i++) {
            results.add(pool.submit(work));
        }
        for (Future<Boolean> result : results) {
            assertThat(result.get()).isTrue();
        }
        pool.shutdown();
        assertThat(most).hasValue(1);
        assertThat(lost).isEmpty();
    }

    @Test
    void whoWorksIsNamedToWhoMayNotWait() throws IOException {
        Lease held = take(Duration.ZERO);
        assertThatThrownBy(() -> take(Duration.ofMillis(10)))
                .isInstanceOf(LeaseTakenException.class)
                .hasMessageMatching(
                        "cell: expected nobody else to work on it, found process "
                                + ProcessHandle.current().pid()
                                + " on .+ at work");
        // It beats: however long it takes, it is not given up.
        pause(3 * SILENCE.toMillis());
        assertThatThrownBy(() -> take(Duration.ofMillis(10)))
                .isInstanceOf(LeaseTakenException.class);
        held.release();
        take(Duration.ZERO).release();
    }

    @Test
    void aLeaseIsFreeWhenItsWorkFails() throws IOException {
        assertThatThrownBy(
                        () ->
                                Lease.holding(
                                        lease,
                                        "cell",
                                        Lease.PATIENCE,
                                        lost::add,
                                        () -> {
                                            throw new IOException("no space");
                                        }))
                .hasMessage("no space");
        take(Duration.ZERO).release();
    }

    @Test
    void aProcessThatWasKilledHereLeavesItsLeaseAtOnce() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Holder.class.getName(),
                                lease.toString())
                        .redirectErrorStream(true)
                        .start();
        try {
            assertThat(process.inputReader().readLine()).isEqualTo("held");
            assertThatThrownBy(() -> take(Duration.ofMillis(10)))
                    .hasMessageContaining("process " + process.pid() + " on ");
        } finally {
            process.destroyForcibly().waitFor();
        }
        // Longer than this test: only the end of the process can free it.
        Duration longer = Duration.ofHours(1);
        Lease.take(lease, "cell", Duration.ofSeconds(5), BEAT, longer, lost::add).release();
    }

    /** Its process cannot be seen from here, so that silence alone tells. */
    @Test
    void anotherMachinesLeaseIsFreeAfterItsSilence() throws IOException {
        LeaseHolder far = new LeaseHolder("x", "node7", "node7 boot", 1, 0, 12, false);
        Files.createDirectories(lease);
        Files.writeString(lease.resolve("000004"), far.text());
        assertThatThrownBy(() -> take(Duration.ofMillis(100)))
                .hasMessageContaining("process 1 on node7");
        long begun = System.nanoTime();
        take(Duration.ofMinutes(1)).release();
        assertThat(System.nanoTime() - begun).isGreaterThan(SILENCE.toNanos());
        assertThat(lease.resolve("000005")).isNotEmptyFile();
    }

    /** What a process leaves that was killed between making the file and writing to it. */
    @Test
    void anEmptyFileIsFreeAfterItsSilence() throws IOException {
        Files.createDirectories(lease);
        Files.createFile(lease.resolve("000001"));
        assertThatThrownBy(() -> take(Duration.ofMillis(100)))
                .hasMessageContaining("found somebody at work");
        take(Duration.ofMinutes(1)).release();
    }

    @Test
    void aHolderThatWasTakenOverIsToldAndWritesNothingMore() throws IOException {
        Lease held = take(Duration.ZERO);
        // As after a suspension in which somebody else took it.
        LeaseHolder other = new LeaseHolder("x", "node7", "node7 boot", 1, 0, 0, false);
        Files.writeString(lease.resolve("000002"), other.text());
        for (int i = 0; i < 100 && lost.isEmpty(); i++) {
            pause(20);
        }
        assertThat(lost).hasSize(1);
        assertThat(lost.get(0)).startsWith(lease + ": somebody else took over, as nothing was");
        String before = Files.readString(lease.resolve("000001"));
        held.release();
        assertThat(lease.resolve("000001")).hasContent(before);
        assertThat(lease.resolve("000002")).hasContent(other.text());
    }

    @Test
    void aHolderSurvivesItsFile() {
        LeaseHolder here = LeaseHolder.here("me").withBeat(3);
        assertThat(LeaseHolder.parse(here.text())).contains(here);
        assertThat(here.hasEnded()).isFalse();
        assertThat(LeaseHolder.parse("nonsense")).isEmpty();
        LeaseHolder gone = new LeaseHolder("x", here.host(), here.place(), 1L << 40, 1, 0, false);
        assertThat(gone.hasEnded()).isTrue();
        // The same number was given to a later process.
        LeaseHolder reused =
                new LeaseHolder("x", here.host(), here.place(), here.pid(), 1000, 0, false);
        assertThat(reused.hasEnded()).isEqualTo(here.started() != 0);
    }

    private Lease take(Duration patience) throws IOException {
        return Lease.take(lease, "cell", patience, BEAT, SILENCE, lost::add);
    }

    private static void pause(long milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
