/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutorNetworksTest {

    private final List<String> events = new ArrayList<>();

    /** Says when it is closed. */
    private record Loaded(String name, List<String> events) implements AutoCloseable {
        @Override
        public void close() {
            events.add("close " + name);
        }
    }

    private Loaded load(String number) throws IOException {
        return ExecutorNetworks.of(
                number,
                Loaded.class,
                () -> {
                    events.add("load " + number);
                    return new Loaded(number, events);
                });
    }

    @Test
    void areLoadedOnceForACohortAndClosedForTheNext() throws IOException {
        load("one");
        load("one");
        assertThat(load("one").name()).isEqualTo("one");
        assertThat(load("two").name()).isEqualTo("two");
        load("two");
        assertThat(events).containsExactly("load one", "close one", "load two");
    }

    @Test
    void whatCouldNotBeLoadedIsTriedAgain() throws IOException {
        load("before");
        assertThatThrownBy(
                        () ->
                                ExecutorNetworks.of(
                                        "three",
                                        Loaded.class,
                                        () -> {
                                            throw new IOException("no file");
                                        }))
                .hasMessage("no file");
        load("three");
        assertThat(events).containsExactly("load before", "close before", "load three");
    }
}
