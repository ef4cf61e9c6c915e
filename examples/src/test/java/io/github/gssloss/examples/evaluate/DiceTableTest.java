/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.djl.TumorRegion;
import io.github.gssloss.examples.UserInputException;
import io.github.gssloss.examples.data.Modality;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiceTableTest {

    private static final ModalitySubset T1CE = ModalitySubset.of(Modality.T1CE);

    private static final DiceTable TABLE =
            new DiceTable(
                    List.of(
                            new DiceScore("a", ModalitySubset.ALL, TumorRegion.WHOLE, 0.9),
                            new DiceScore("a", ModalitySubset.ALL, TumorRegion.CORE, 0.8),
                            new DiceScore("a", ModalitySubset.ALL, TumorRegion.ENHANCING, 0.7),
                            new DiceScore("a", T1CE, TumorRegion.WHOLE, 0.5),
                            new DiceScore("a", T1CE, TumorRegion.CORE, 0.25),
                            new DiceScore("a", T1CE, TumorRegion.ENHANCING, 0.0),
                            new DiceScore("b, c", ModalitySubset.ALL, TumorRegion.WHOLE, 1.0),
                            new DiceScore("b, c", ModalitySubset.ALL, TumorRegion.CORE, 1.0),
                            new DiceScore("b, c", ModalitySubset.ALL, TumorRegion.ENHANCING, 1.0),
                            new DiceScore("b, c", T1CE, TumorRegion.WHOLE, 0.6),
                            new DiceScore("b, c", T1CE, TumorRegion.CORE, 0.125),
                            new DiceScore("b, c", T1CE, TumorRegion.ENHANCING, 0.0)));

    @Test
    void meansGoOverCasesThenRegionsOrSubsets() {
        assertThat(TABLE.cases()).isEqualTo(2);
        assertThat(TABLE.mean(ModalitySubset.ALL, TumorRegion.WHOLE))
                .isCloseTo(0.95, within(1e-12));
        assertThat(TABLE.mean(T1CE)).isCloseTo((0.55 + 0.1875) / 3, within(1e-12));
        assertThat(TABLE.mean(TumorRegion.ENHANCING)).isCloseTo(0.425, within(1e-12));
        assertThat(TABLE.mean()).isCloseTo((0.9 + (0.55 + 0.1875) / 3) / 2, within(1e-12));
    }

    @Test
    void aSubsetJudgedOnFewerCasesCountsAsMuchAsTheOthers() {
        List<DiceScore> rows = new ArrayList<>(TABLE.rows());
        rows.removeIf(row -> row.subset().equals(T1CE) && row.caseName().equals("a"));
        DiceTable table = new DiceTable(rows);
        assertThat(table.mean(TumorRegion.WHOLE)).isCloseTo((0.95 + 0.6) / 2, within(1e-12));
    }

    @Test
    void text() {
        assertThat(TABLE.toText())
                .isEqualTo(
                        """
                        flair  t1ce  t1  t2        whole       core  enhancing    average
                        -----------------------------------------------------------------
                          ●     ●    ●   ●          95.0       90.0       85.0       90.0
                          ○     ●    ○   ○          55.0       18.8        0.0       24.6
                        -----------------------------------------------------------------
                        mean                        75.0       54.4       42.5       57.3
                        """);
        assertThat(TABLE.toText(StandardCharsets.US_ASCII))
                .contains("  -     x    -   -          55.0")
                .isEqualTo(TABLE.toText().replace("●", "x").replace("○", "-"));
    }

    @Test
    void markdown() {
        assertThat(TABLE.toMarkdown())
                .isEqualTo(
                        """
                        | flair | t1ce | t1 | t2 | whole | core | enhancing | average |
                        | :-: | :-: | :-: | :-: | --: | --: | --: | --: |
                        | ● | ● | ● | ● | 95.0 | 90.0 | 85.0 | 90.0 |
                        | ○ | ● | ○ | ○ | 55.0 | 18.8 | 0.0 | 24.6 |
                        | mean |  |  |  | 75.0 | 54.4 | 42.5 | 57.3 |
                        """);
    }

    @Test
    void csvHasOneRowPerCaseSubsetAndRegion(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("dice.csv");

        TABLE.toCsv(file);

        assertThat(Files.readString(file))
                .startsWith(
                        """
                        case,subset,region,dice
                        a,flair+t1ce+t1+t2,whole,0.9
                        a,flair+t1ce+t1+t2,core,0.8
                        """)
                .endsWith("\"b, c\",t1ce,enhancing,0.0\n")
                .hasLineCount(13);
    }

    @Test
    void refusesWhatDoesNotFit(@TempDir Path folder) {
        assertThatThrownBy(() -> new DiceTable(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows: expected at least one score, got none");
        assertThatThrownBy(() -> new DiceTable(TABLE.rows().subList(0, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows: expected a score of enhancing for flair+t1ce+t1+t2, got none");
        assertThatThrownBy(() -> TABLE.mean(ModalitySubset.of(Modality.T1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("subset: expected one of [flair+t1ce+t1+t2, t1ce], got t1");
        Path file = folder.resolve("no").resolve("dice.csv");
        assertThatThrownBy(() -> TABLE.toCsv(file))
                .isInstanceOf(UserInputException.class)
                .hasMessage(file + ": expected a file that can be written");
    }
}
