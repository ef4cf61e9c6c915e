/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** How {@link DecisionShares} are printed. */
class DecisionTableTest {

    @Test
    void theyPrintATable() {
        Map<Decision, Double> shares =
                Map.of(
                        Decision.NO_MODALITY, 0.0,
                        Decision.ALL_LEADERS, 0.5,
                        Decision.SOME_LEADERS, 0.25,
                        Decision.MEMBERS, 0.125,
                        Decision.MINIMUM, 0.125);
        assertThat(
                        new DecisionShares(
                                        List.of(
                                                new ClassDecisions(
                                                        "BG",
                                                        shares,
                                                        shares,
                                                        OptionalDouble.of(0.987),
                                                        OptionalDouble.empty(),
                                                        List.of(),
                                                        List.of(),
                                                        Optional.empty()),
                                                new ClassDecisions(
                                                        "tumour",
                                                        shares,
                                                        Map.of(),
                                                        OptionalDouble.of(1),
                                                        OptionalDouble.empty(),
                                                        List.of(),
                                                        List.of(),
                                                        Optional.empty())),
                                        0.03125,
                                        0.96875,
                                        64)
                                .toTable()
                                .lines())
                .containsExactly(
                        "% of voxels  NO_MODALITY  ALL_LEADERS  SOME_LEADERS  MEMBERS  MINIMUM "
                                + " target Dice",
                        "BG                  0.00        50.00         25.00    12.50    12.50 "
                                + "       98.70",
                        "tumour              0.00        50.00         25.00    12.50    12.50 "
                                + "      100.00",
                        "% within class  NO_MODALITY  ALL_LEADERS  SOME_LEADERS  MEMBERS  MINIMUM "
                                + " trusted",
                        "BG                     0.00        50.00         25.00    12.50    12.50 "
                                + "       -",
                        "tumour                    -            -             -        -        - "
                                + "       -",
                        "undecided: 3.13 %, trusted: 96.88 % of 64 voxels");
    }

    /** Some classes have a Dice and some none, as in shares that were put together by hand. */
    @Test
    void aClassWithoutDiceHasADashBesideOthers() {
        Map<Decision, Double> shares = new EnumMap<>(Decision.class);
        for (Decision decision : Decision.values()) {
            shares.put(decision, 0.2);
        }
        ClassDecisions with =
                new ClassDecisions(
                        "x",
                        shares,
                        Map.of(),
                        OptionalDouble.of(0.5),
                        OptionalDouble.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty());
        ClassDecisions without =
                new ClassDecisions(
                        "yy",
                        shares,
                        shares,
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty());
        String row = " 20.00 20.00 20.00 20.00 20.00";
        for (boolean first : new boolean[] {true, false}) {
            List<ClassDecisions> classes = first ? List.of(with, without) : List.of(without, with);
            String[] lines =
                    new DecisionShares(classes, 0, 1, 5)
                            .toTable()
                            .lines()
                            .map(line -> line.replaceAll(" +", " "))
                            .toArray(String[]::new);
            int x = first ? 1 : 2;
            int y = first ? 2 : 1;
            assertThat(lines).hasSize(7);
            assertThat(lines[0]).endsWith(" MINIMUM target Dice");
            assertThat(lines[x]).isEqualTo("x" + row + " 50.00");
            assertThat(lines[y]).isEqualTo("yy" + row + " -");
            assertThat(lines[3]).startsWith("% within class");
            assertThat(lines[3 + x]).isEqualTo("x - - - - - -");
            assertThat(lines[3 + y]).isEqualTo("yy" + row + " -");
            assertThat(lines[6]).isEqualTo("undecided: 0.00 %, trusted: 100.00 % of 5 voxels");
        }
    }
}
