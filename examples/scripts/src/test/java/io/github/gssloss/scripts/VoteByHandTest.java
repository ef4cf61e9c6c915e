/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class VoteByHandTest {

    @Test
    void theRulesDecideAsThePaperHasThem() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            VoteByHand.main(new String[0]);
        } finally {
            System.setOut(before);
        }
        List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();

        assertThat(lines)
                .filteredOn(line -> !line.contains("trust: "))
                .extracting(line -> line.replaceAll(".*-> (\\w+): .*: ", "$1 "))
                .containsExactly(
                        "Leaders of the class: t1ce",
                        "ALL_LEADERS 0.40",
                        "MEMBERS 0.42",
                        "MINIMUM 0.22",
                        "Leaders of the class: flair, t2",
                        "ALL_LEADERS 0.40",
                        "SOME_LEADERS 0.34",
                        "MEMBERS 0.42",
                        "MINIMUM 0.21");
        // The votes of rest are its MINIMUM 1 - 0.40, 1 - 0.43, 1 - 0.30, then the MEMBERS' mean of
        // 0.9 and 0.88, twice, and the MINIMUM 1 - 0.43, 1 - 0.30.
        assertThat(lines)
                .filteredOn(line -> line.contains("trust: "))
                .extracting(line -> line.replace("    trust: LABEL 0, LABEL_WEIGHT ", ""))
                .containsExactly(
                        "0.40 / 0.60 = 0.67",
                        "0.42 / 0.57 = 0.74",
                        "0.22 / 0.70 = 0.31",
                        "0.40 / 0.89 = 0.45",
                        "0.34 / 0.89 = 0.38",
                        "0.42 / 0.57 = 0.74",
                        "0.21 / 0.70 = 0.30");
        assertThat(lines.get(1)).contains("p of [flair, t1ce, t1, t2]: [0.2, 0.9, 0.2, 0.2] ->");
    }
}
