/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

    @TempDir private Path folder;

    @Test
    void whoIsAboutToEndIsWaitedForAndWhoIsNotIsReported() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Thread other = new Thread(() -> hold(held, over));
        other.start();
        held.await();

        FolderLock.await(folder, Duration.ofMillis(100));
        assertThatThrownBy(() -> FolderLock.holding(folder, "is taken", () -> "never"))
                .isInstanceOf(UserInputException.class)
                .hasMessage(folder + ": is taken");

        over.countDown();
        FolderLock.await(folder, Duration.ofMinutes(1));
        assertThat(FolderLock.holding(folder, "is taken", () -> "done")).isEqualTo("done");
        other.join();
    }

    private void hold(CountDownLatch held, CountDownLatch over) {
        try {
            FolderLock.holding(
                    folder,
                    "is taken",
                    () -> {
                        held.countDown();
                        return await(over);
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean await(CountDownLatch latch) throws IOException {
        try {
            return latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
