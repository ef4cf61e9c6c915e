/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
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
                                                        OptionalDouble.of(0.987)),
                                                new ClassDecisions(
                                                        "tumour",
                                                        shares,
                                                        Map.of(),
                                                        OptionalDouble.of(1))),
                                        0.03125,
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
                        "% within class  NO_MODALITY  ALL_LEADERS  SOME_LEADERS  MEMBERS  MINIMUM",
                        "BG                     0.00        50.00         25.00    12.50    12.50",
                        "tumour                    -            -             -        -        -",
                        "undecided: 3.13 % of 64 voxels");
    }
}
