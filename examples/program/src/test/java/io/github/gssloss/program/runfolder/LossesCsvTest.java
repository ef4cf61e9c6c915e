/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.runfolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossesCsvTest {

    private static final List<String> PARTS = List.of("total", "fused", "distillation");

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("losses.csv");
    }

    @Test
    void everyRowIsOnDiskAtOnce() throws IOException {
        try (LossesCsv losses = LossesCsv.create(file, PARTS)) {
            assertThat(file).hasContent("epoch,step,lr,total,fused,distillation\n");
            losses.append(row(0, 0, 2e-4, 1.5, 1.0, 0.5));
            assertThat(Files.readString(file))
                    .isEqualTo("epoch,step,lr,total,fused,distillation\n0,0,2.0E-4,1.5,1.0,0.5\n");
        }
    }

    @Test
    void readsBackWhatWasWrittenToTheLastBit() throws IOException {
        List<LossesCsv.Row> rows =
                List.of(
                        row(0, 0, 2e-4, 1.0 / 3, Math.PI, Double.MIN_VALUE),
                        row(0, 1, 2e-4, Double.NaN, Double.POSITIVE_INFINITY, -0.0),
                        row(7, 9_999_999_999L, 1e-9, 1e300, 0, 4));
        try (LossesCsv losses = LossesCsv.create(file, PARTS)) {
            for (LossesCsv.Row row : rows) {
                losses.append(row);
            }
        }

        assertThat(LossesCsv.read(file)).isEqualTo(rows);
    }

    @Test
    void aFileWithoutStepsHasNoRows() throws IOException {
        LossesCsv.create(file, PARTS).close();

        assertThat(LossesCsv.read(file)).isEmpty();
    }

    @Test
    void neverWritesOverAFile() throws IOException {
        LossesCsv.create(file, PARTS).close();

        assertThatThrownBy(() -> LossesCsv.create(file, PARTS))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessage(file.toString());
    }

    @Test
    void refusesOtherParts() throws IOException {
        try (LossesCsv losses = LossesCsv.create(file, PARTS)) {
            assertThatThrownBy(
                            () -> losses.append(new LossesCsv.Row(0, 0, 1, Map.of("total", 1.0))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("parts: expected [total, fused, distillation], got [total]");
        }
    }

    @Test
    void namesTheRowThatIsBroken() throws IOException {
        refuses("epoch,total\n", "expected columns that begin with [epoch, step, lr]")
                .hasMessageEndingWith(", got [epoch, total]");
        refuses("", "expected columns that begin with [epoch, step, lr]");
        refuses("epoch,step,lr,total\n0,0,0.1,1\n0,1,0.1\n", "row 2: expected 4 cells, got 3");
        refuses(
                "epoch,step,lr,total\n0,0,0.1,much\n",
                "row 1: expected numbers, got [0, 0, 0.1, much]");
    }

    @Test
    void goesOnAfterAStepAndCutsOffWhatFollowedIt() throws IOException {
        String header = "epoch,step,lr,total,fused,distillation\n";
        String first = "0,0,2.0E-4,1.5,1.0,0.5\n";
        Files.writeString(file, header + first + "0,1,2.0E-4,9.0,9.0,9.0\n0,2,2.0E");
        try (LossesCsv losses = LossesCsv.resume(file, PARTS, 1)) {
            assertThat(Files.readString(file)).isEqualTo(header + first);
            losses.append(row(0, 1, 2e-4, 2.5, 2.0, 0.5));
            losses.force();
        }
        assertThat(Files.readString(file)).isEqualTo(header + first + "0,1,2.0E-4,2.5,2.0,0.5\n");
        assertThat(folder.toFile().list()).containsExactly("losses.csv");
    }

    @Test
    void doesNotGoOnWithOtherLosses() throws IOException {
        refusesToGoOn("", "expected the columns epoch,step,lr,total,fused,distillation, got ");
        refusesToGoOn(
                "epoch,step,lr,total\n",
                "expected the columns epoch,step,lr,total,fused,distillation, got"
                        + " epoch,step,lr,total");
        String header = "epoch,step,lr,total,fused,distillation\n";
        String first = "0,0,2.0E-4,1.5,1.0,0.5\n";
        refusesToGoOn(header + first, "expected the losses of 2 steps, got those of 1");
        // Half a row, and a row of another step.
        refusesToGoOn(header + first + "0,1,2", "expected the losses of 2 steps, got those of 1");
        refusesToGoOn(header + first + first, "expected the losses of 2 steps, got those of 1");
        Files.delete(file);
        assertThatThrownBy(() -> LossesCsv.resume(file, PARTS, 2))
                .isInstanceOf(UserInputException.class)
                .hasMessage(file + ": expected the losses so far, found none");
    }

    private void refusesToGoOn(String text, String problem) throws IOException {
        Files.writeString(file, text);
        assertThatThrownBy(() -> LossesCsv.resume(file, PARTS, 2))
                .isInstanceOf(UserInputException.class)
                .hasMessage(file + ": " + problem);
        assertThat(file).hasContent(text);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refuses(String text, String problem)
            throws IOException {
        Files.writeString(file, text);
        return assertThatThrownBy(() -> LossesCsv.read(file))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(file + ": " + problem);
    }

    private static LossesCsv.Row row(int epoch, long step, double lr, double... values) {
        Map<String, Double> parts = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            parts.put(PARTS.get(i), values[i]);
        }
        return new LossesCsv.Row(epoch, step, lr, parts);
    }
}
