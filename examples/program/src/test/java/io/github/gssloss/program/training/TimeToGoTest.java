/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a training may take, with a clock that the test sets. */
class TimeToGoTest {

    private static final long MILLI = 1_000_000;

    private long now = 77;

    @Test
    void theMedianOfTheStepsAfterTheFirst() {
        TimeToGo time = new TimeToGo(24_006, false, () -> now);

        List<String> lines = steps(time, 0, 9000, 500, 490, 5000, 510, 500, 1, 1);

        assertThat(lines)
                .containsExactly(
                        "time     24000 steps to go, about 3 h 20 min at 0.50 s a step (the first,"
                                + " with 9.0 s, not counted)");
    }

    @Test
    void nothingIsSaidBeforeTheLastOfThem() {
        TimeToGo time = new TimeToGo(24_006, false, () -> now);

        assertThat(steps(time, 0, 500, 500, 500, 500, 500)).isEmpty();
        assertThat(steps(time, 5, 500)).hasSize(1);
        assertThat(steps(time, 6, 500)).isEmpty();
    }

    @Test
    void whatLiesBetweenEpochsIsNotCounted() {
        TimeToGo time = new TimeToGo(100, true, () -> now);
        List<String> lines = new ArrayList<>();
        for (int epoch = 0; epoch < 4; epoch++) {
            lines.addAll(steps(time, 2 * epoch, 1500, 1500));
            now += 3_600_000 * MILLI;
        }

        assertThat(lines)
                .containsExactly(
                        "time     94 steps to go, about 2 min at 1.5 s a step (the first, with 1.5"
                                + " s, not counted), and the time of the validations");
    }

    @Test
    void aRunThatGoesOnHasFewerStepsToGo() {
        TimeToGo time = new TimeToGo(1000, false, () -> now);

        assertThat(steps(time, 494, 2000, 2000, 2000, 2000, 2000, 2000))
                .containsExactly(
                        "time     500 steps to go, about 17 min at 2.0 s a step (the first, with"
                                + " 2.0 s, not counted)");
    }

    @Test
    void lessThanAMinuteIsNotWorthALine() {
        int[] second = {1000, 1000, 1000, 1000, 1000, 1000};

        assertThat(steps(new TimeToGo(6 + 59, true, () -> now), 0, second)).isEmpty();
        assertThat(steps(new TimeToGo(6 + 60, true, () -> now), 0, second)).hasSize(1);
        assertThat(steps(new TimeToGo(6, true, () -> now), 0, second)).isEmpty();
    }

    @Test
    void moreThanTwoDaysAreAWarning() {
        int[] slow = {20_000, 12_000, 12_000, 12_000, 12_000, 12_000};
        int twoDays = 2 * 24 * 3600 / 12;

        assertThat(steps(new TimeToGo(6 + twoDays, false, () -> now), 0, slow)).hasSize(1);
        assertThat(steps(new TimeToGo(6 + twoDays + 1, false, () -> now), 0, slow))
                .containsExactly(
                        "time     14401 steps to go, about 2 days 0 h at 12 s a step (the first,"
                                + " with 20 s, not counted)",
                        "warning: at this pace the training takes more than two days; fewer epochs"
                                + " and iterations or a smaller crop make it shorter");
    }

    @ParameterizedTest
    @CsvSource({
        "60, 1 min",
        "3569, 59 min",
        "3570, 1 h 0 min",
        "12000, 3 h 20 min",
        "86369, 23 h 59 min",
        "86370, 1 day 0 h",
        "171000, 2 days 0 h",
        "183600, 2 days 3 h"
    })
    void durationsInWords(int seconds, String words) {
        assertThat(TimeToGo.words(Duration.ofSeconds(seconds))).isEqualTo(words);
    }

    /** Steps of an epoch, of which so many milliseconds each. */
    private List<String> steps(TimeToGo time, int from, int... millis) {
        List<String> lines = new ArrayList<>();
        time.begin();
        for (int i = 0; i < millis.length; i++) {
            now += millis[i] * MILLI;
            lines.addAll(time.done(from + i + 1));
        }
        return lines;
    }
}
