/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.runfolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.report.SeriesCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCsvTest {

    @TempDir private Path folder;
    private Path file;
    private RunCsv csv;

    @BeforeEach
    void name() {
        file = folder.resolve("table.csv");
        csv = new RunCsv(file, List.of("epoch", "step", "NCR/NET, ET"));
    }

    @Test
    void theFileIsMadeWithTheFirstRowAndEachIsThereAtOnce() throws IOException {
        assertThat(csv.rows()).isEmpty();
        csv.append(List.of(0, 0L, 2e-4));
        assertThat(Files.readString(file)).isEqualTo("epoch,step,\"NCR/NET, ET\"\n0,0,2.0E-4\n");
        csv.append(List.of(0, 1L, ""));
        csv.force();
        assertThat(Files.readString(file)).endsWith("\n0,0,2.0E-4\n0,1,\n");
        assertThat(csv.rows()).containsExactly(List.of("0", "0", "2.0E-4"), List.of("0", "1", ""));
    }

    /** Classes have their names from the files of others. */
    @Test
    void aColumnWithTheNameOfAFormulaStandsBehindAnApostropheAndIsFound() throws IOException {
        List<String> columns = List.of("step", "=cmd|' /C calc'!A0 target");
        RunCsv formulas = new RunCsv(file, columns);
        formulas.append(List.of(0, 0.5));
        formulas.append(List.of(1, 0.25));
        formulas.removeFrom("step", 1);

        String written = "step,'=cmd|' /C calc'!A0 target\n0,0.5\n";
        assertThat(Files.readString(file)).isEqualTo(written);
        for (String text : List.of(written, written.replace(",'=", ",="))) {
            Files.writeString(file, text);
            assertThat(formulas.rows()).containsExactly(List.of("0", "0.5"));
            assertThat(RunCsv.goOn(file, List.of("step", columns.get(1), "x"), 2).columns())
                    .isEqualTo(columns);
            assertThat(SeriesCsv.header(file)).isEqualTo(columns);
            assertThat(SeriesCsv.read(file, "step", columns.subList(1, 2)).get(0).y())
                    .containsExactly(0.5);
        }
    }

    @Test
    void anotherNumberOfCellsIsRefused() throws IOException {
        assertThatThrownBy(() -> csv.append(List.of(0, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row: expected cells for [epoch, step, NCR/NET, ET], got [0, 1]");
        assertThat(file).doesNotExist();
    }

    @Test
    void rowsOfStepsThatAreTakenAgainAreRemoved() throws IOException {
        String header = "epoch,step,\"NCR/NET, ET\"\n";
        csv.removeFrom("step", 0);
        assertThat(file).doesNotExist();
        Files.writeString(file, header + "0,0,0\n0,2,0.5\n1,4,\n1,6");
        csv.removeFrom("step", 4);
        assertThat(Files.readString(file)).isEqualTo(header + "0,0,0\n0,2,0.5\n");
        assertThat(folder.toFile().list()).containsExactly("table.csv");
        csv.removeFrom("step", 3);
        assertThat(Files.readString(file)).isEqualTo(header + "0,0,0\n0,2,0.5\n");
        csv.append(List.of(1, 4, 0.25));
        assertThat(Files.readString(file)).isEqualTo(header + "0,0,0\n0,2,0.5\n1,4,0.25\n");
        csv.removeFrom("epoch", 0);
        assertThat(file).doesNotExist();
        Files.writeString(file, "epoch,st");
        csv.removeFrom("step", 4);
        assertThat(file).doesNotExist();
    }

    @Test
    void aTableOfAnEarlierVersionKeepsItsColumns() throws IOException {
        List<String> columns = List.of("epoch", "step", "total", "trusted");
        assertThat(RunCsv.goOn(file, columns, 3).columns()).isEqualTo(columns);
        Files.writeString(file, "epoch,step,total\n0,0,1\n");
        RunCsv earlier = RunCsv.goOn(file, columns, 3);
        assertThat(earlier.columns()).containsExactly("epoch", "step", "total");
        earlier.append(List.of(0, 1, 2));
        assertThat(earlier.rows()).hasSize(2);
        // A header that was never finished is none.
        for (String begun : List.of("", "epoch,step,total", "epoch,step,total,trusted\n0,0")) {
            Files.writeString(file, begun);
            assertThat(RunCsv.goOn(file, columns, 3).columns()).isEqualTo(columns);
        }
    }

    @Test
    void aFileOfAnotherKindIsRefusedAndStays() throws IOException {
        refuses("epoch,step\n0,0\n", "line 1: expected the columns %s, got [epoch, step]");
        String header = "epoch,step,\"NCR/NET, ET\"\n";
        refuses(header + "0,0,1\n0,1\n", "line 3: expected cells for %s, got [0, 1]");
        refuses(header + "0,much,1\n", "column step: expected whole numbers, got much");
    }

    private void refuses(String text, String problem) throws IOException {
        Files.writeString(file, text);
        assertThatThrownBy(() -> csv.removeFrom("step", 1))
                .isInstanceOf(UserInputException.class)
                .hasMessage(file + ": " + problem.replace("%s", "[epoch, step, NCR/NET, ET]"));
        assertThat(Files.readString(file)).isEqualTo(text);
    }
}
