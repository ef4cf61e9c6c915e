/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkersTest {

    @Test
    void resultsAndProgressAreInTheOrderOfTheTasks() {
        CountDownLatch secondIsDone = new CountDownLatch(1);
        List<Callable<String>> tasks =
                List.of(
                        () -> {
                            secondIsDone.await();
                            return "first";
                        },
                        () -> {
                            secondIsDone.countDown();
                            return "second";
                        });
        List<Integer> progress = new ArrayList<>();

        assertThat(Workers.run(2, "testing", tasks, progress::add))
                .containsExactly("first", "second");
        assertThat(progress).containsExactly(1, 2);
    }

    @Test
    void aFailureInterruptsWhatRuns() throws InterruptedException {
        CountDownLatch secondRuns = new CountDownLatch(1);
        CountDownLatch secondIsInterrupted = new CountDownLatch(1);
        List<Callable<String>> tasks =
                List.of(
                        () -> {
                            secondRuns.await();
                            throw new UserInputException("a.nii: no such file");
                        },
                        () -> {
                            secondRuns.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                secondIsInterrupted.countDown();
                            }
                            return "";
                        });

        assertThatThrownBy(() -> Workers.run(2, "testing", tasks, done -> {}))
                .isInstanceOf(UserInputException.class)
                .hasMessage("a.nii: no such file");
        assertThat(secondIsInterrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void otherFailuresSayWhatWasDone() {
        IllegalStateException cause = new IllegalStateException("no memory");
        List<Callable<String>> tasks =
                List.of(
                        () -> {
                            throw cause;
                        });

        assertThatThrownBy(() -> Workers.run(1, "writing the phantoms", tasks, done -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("writing the phantoms failed")
                .hasCause(cause);
    }

    @Test
    void anInterruptionEndsTheWait() {
        // A result that is there already is returned without waiting, so this task never has one.
        List<Callable<String>> tasks =
                List.of(
                        () -> {
                            new CountDownLatch(1).await();
                            return "";
                        });
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Workers.run(1, "testing", tasks, done -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("interrupted while testing");
        assertThat(Thread.interrupted()).isTrue();
    }
}
