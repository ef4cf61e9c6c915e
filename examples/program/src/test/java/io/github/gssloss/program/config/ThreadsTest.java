/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThreadsTest {

    private final String before = System.getProperty(Threads.PROPERTY);

    @BeforeEach
    void none() {
        System.clearProperty(Threads.PROPERTY);
    }

    @AfterEach
    void asBefore() {
        if (before == null) {
            System.clearProperty(Threads.PROPERTY);
        } else {
            System.setProperty(Threads.PROPERTY, before);
        }
    }

    @Test
    void theEngineTakesWhatTheWorkersLeave() {
        assumeThat(System.getenv("OMP_NUM_THREADS")).isNull();
        assertThat(Threads.current()).isEqualTo("all");
        int processors = Runtime.getRuntime().availableProcessors();

        Threads.set(Optional.empty(), 0);
        assertThat(Threads.current()).isEqualTo(Integer.toString(processors));
        none();
        Threads.set(Optional.empty(), processors + 3);
        assertThat(Threads.current()).isEqualTo("1");
    }

    @Test
    void whatIsGivenWinsAndWhatTheUserHasSetStays() {
        System.setProperty(Threads.PROPERTY, "7");
        Threads.set(Optional.empty(), 1);
        assertThat(Threads.current()).isEqualTo("7");
        Threads.set(Optional.of(3), 1);
        assertThat(Threads.current()).isEqualTo("3");
    }

    @Test
    void openMpsVariableIsTheDefault() {
        assertThat(Threads.number(Map.of("OMP_NUM_THREADS", "5"), 1)).isEqualTo("5");
        for (String none : new String[] {"", "0", "4,2", "many"}) {
            assertThat(Threads.number(Map.of("OMP_NUM_THREADS", none), 1000)).isEqualTo("1");
        }
    }
}
