/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.djl.LossParts;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.LossRow;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossLogTest {

    private static final String HEADER =
            "epoch,step,lr,total,fused,branches,auxiliary,distillation\n";
    private static final String FIRST = "0,0,2.0E-4,10.0,1.0,2.0,3.0,4.0\n";

    @TempDir private Path folder;
    private Path file;
    private LossLog losses;

    @BeforeEach
    void run() throws IOException {
        RunSettings settings = RunSettings.of(Map.of("iterations", "2"));
        RunFolder run = RunFolder.create(folder.resolve("run"), settings, Map.of());
        file = run.losses();
        losses = new LossLog(run);
    }

    private static LossParts parts(
            float total, float fused, float branches, float auxiliary, float distillation) {
        return new LossParts(total, fused, branches, auxiliary, distillation, Map.of());
    }

    @Test
    void readsBackWhatWasWrittenToTheLastBit() throws IOException {
        float third = 1 / 3f;
        losses.begin(0);
        losses.write(0, 2e-4, parts(third, Float.MIN_VALUE, 1e30f, -0f, Float.MAX_VALUE));
        losses.write(9_999, 1e-9, parts(Float.NaN, Float.POSITIVE_INFINITY, 2, 3, 4));

        LossRow row = LossRow.read(file).get(0);
        assertThat(row.lr()).isEqualTo(2e-4);
        assertThat(row.parts().get("total").floatValue()).isEqualTo(third);
        assertThat(row.parts().get("fused").floatValue()).isEqualTo(Float.MIN_VALUE);
        assertThat(row.parts().get("branches").floatValue()).isEqualTo(1e30f);
        assertThat(row.parts().get("auxiliary").floatValue()).isEqualTo(-0f);
        assertThat(row.parts().get("distillation").floatValue()).isEqualTo(Float.MAX_VALUE);
        LossRow other = LossRow.read(file).get(1);
        assertThat(other.epoch()).isEqualTo(4_999);
        assertThat(other.step()).isEqualTo(9_999);
        assertThat(other.parts().get("total")).isNaN();
        assertThat(other.parts().get("fused")).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void goesOnAfterAStepAndRemovesWhatFollowedIt() throws IOException {
        Files.writeString(file, HEADER + FIRST + "0,1,2.0E-4,9.0,9.0,9.0,9.0,9.0\n1,2,2.0E");
        losses.begin(1);
        assertThat(Files.readString(file)).isEqualTo(HEADER + FIRST);
        losses.write(1, 1e-4, parts(5, 2, 1, 1, 1));
        losses.force();
        assertThat(Files.readString(file))
                .isEqualTo(HEADER + FIRST + "0,1,1.0E-4,5.0,2.0,1.0,1.0,1.0\n");
    }

    @Test
    void doesNotGoOnWithoutTheLossesSoFar() throws IOException {
        refuses(HEADER + FIRST, "expected the losses of 2 steps, got those of 1");
        // Half a row, and a row of another step.
        refuses(HEADER + FIRST + "0,1,2", "expected the losses of 2 steps, got those of 1");
        refuses(HEADER + FIRST + FIRST, "expected the losses of 2 steps, got those of 1");
        refuses("", "expected the losses of 2 steps, got those of 0");
        refuses(
                "epoch,step,lr,total\n",
                "line 1: expected the columns [epoch, step, lr, total, fused, branches, auxiliary,"
                        + " distillation], got [epoch, step, lr, total]");
        Files.delete(file);
        assertThatThrownBy(() -> losses.begin(2))
                .isInstanceOf(UserInputException.class)
                .hasMessage(file + ": expected the losses of 2 steps, got those of 0");
    }

    private void refuses(String text, String problem) throws IOException {
        Files.writeString(file, text);
        assertThatThrownBy(() -> losses.begin(2))
                .isInstanceOf(UserInputException.class)
                .hasMessage(file + ": " + problem);
        assertThat(Files.readString(file)).isEqualTo(text);
    }

    @Test
    void thePartThatIsNoNumberIsNamed() {
        float nan = Float.NaN;
        float infinite = Float.POSITIVE_INFINITY;
        assertThat(LossLog.notFinite(parts(nan, 1, 2, 3, nan))).isEqualTo("distillation is NaN");
        assertThat(LossLog.notFinite(parts(nan, infinite, 2, nan, 4)))
                .isEqualTo("fused is Infinity, auxiliary is NaN");
        assertThat(LossLog.notFinite(parts(infinite, 1, 2, 3, 4))).isEqualTo("total is Infinity");
    }
}
