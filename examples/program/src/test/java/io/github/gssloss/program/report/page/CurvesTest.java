/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurvesTest {

    @TempDir private Path folder;

    @Test
    void saysWhatItShows() throws IOException {
        StringBuilder text = new StringBuilder("epoch,step,lr,total,distillation\n");
        for (int step = 0; step < 12; step++) {
            text.append("%d,%d,0.1,%d,0.0%n".formatted(step / 4, step, 1 + step));
        }
        Curves curves = Curves.read(losses(text.toString()));

        assertThat(curves.words())
                .startsWith("12 steps in 3 epochs;")
                .endsWith("Nowhere above 0: distillation.");
        Figure chart = curves.chart().orElseThrow();
        assertThat(chart.words()).isEqualTo("Losses over 12 steps");
        assertThat(chart.light()).startsWith("data:image/png;base64,").isNotEqualTo(chart.dark());
    }

    @Test
    void oneStepAndStepsWithoutALossAreDrawn() throws IOException {
        Path one = losses("epoch,step,lr,total\n0,0,0.1,3\n");
        assertThat(Curves.read(one).chart()).isPresent();
        Path none = losses("epoch,step,lr,total\n0,0,0.1,NaN\n0,1,0.1,\n0,2,0.1,Infinity\n");
        assertThat(Curves.read(none).words()).endsWith("Nowhere above 0: total.");
        assertThat(Curves.read(none).chart()).isPresent();
    }

    private Path losses(String text) throws IOException {
        return Files.writeString(folder.resolve("losses.csv"), text);
    }
}
