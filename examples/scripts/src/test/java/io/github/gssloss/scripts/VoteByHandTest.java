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
        // MINIMUM decides each other class, a third of 1 - the largest q of tumour: 0.2, 0.19,
        // 0.2333, 0.2, 0.2, 0.19, 0.2333. Only 0.22 / 0.2333 and 0.21 / 0.2333 are below 1.
        assertThat(lines)
                .filteredOn(line -> line.contains("trust: "))
                .extracting(line -> line.replace("    trust: ", ""))
                .containsExactly(
                        "LABEL 1, LABEL_WEIGHT 1.00",
                        "LABEL 1, LABEL_WEIGHT 1.00",
                        "LABEL 0, LABEL_WEIGHT 0.94",
                        "LABEL 1, LABEL_WEIGHT 1.00",
                        "LABEL 1, LABEL_WEIGHT 1.00",
                        "LABEL 1, LABEL_WEIGHT 1.00",
                        "LABEL 0, LABEL_WEIGHT 0.90");
        assertThat(lines.get(1)).contains("p of [flair, t1ce, t1, t2]: [0.2, 0.9, 0.2, 0.2] ->");
    }
}
