/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.core.ClassGroups;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FindLeadersTest {

    private static final double MARGIN = 2; // per cent, as in the script

    @Test
    void theLeadersAreTheBestOfTheTableAndWhoIsNearlyAsGood() throws Exception {
        Path out = Scratch.newFolder();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        ClassGroups groups;
        try {
            groups = FindLeaders.find(Scratch.phantoms(out), out, 3);
        } finally {
            System.setOut(before);
        }
        List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
        int head =
                IntStream.range(0, lines.size())
                        .filter(i -> lines.get(i).startsWith("Dice in %"))
                        .findFirst()
                        .orElseThrow();
        double[][] dice = new double[4][];
        for (int m = 0; m < dice.length; m++) {
            String[] row = lines.get(head + 1 + m).split(" +");
            assertThat(row[0]).isEqualTo(groups.modalities().get(m));
            dice[m] = Stream.of(row).skip(1).mapToDouble(Double::parseDouble).toArray();
        }

        assertThat(groups.modalities()).containsExactly("flair", "t1ce", "t1", "t2");
        assertThat(groups.classNames()).containsExactly("BG", "NCR/NET", "ED", "ET");
        for (int c = 0; c < groups.numClasses(); c++) {
            int one = c;
            double best = Stream.of(dice).mapToDouble(row -> row[one]).max().orElseThrow();
            List<Integer> expected =
                    IntStream.range(0, 4)
                            .filter(m -> best - dice[m][one] <= MARGIN)
                            .boxed()
                            .toList();
            assertThat(groups.groups().get(c).leaders()).isEqualTo(expected);
        }
        // Thirty steps are enough to tell brain from what is around it.
        assertThat(Stream.of(dice).mapToDouble(row -> row[0]).max().orElseThrow())
                .isGreaterThan(50);
        assertThat(lines.get(lines.size() - 1)).isEqualTo("Leaders: " + groups);
    }

    @Test
    void saysWhichArgumentsItExpects() {
        assertThatThrownBy(() -> FindLeaders.main(new String[] {"phantoms"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("args: expected DATA OUT, got 1");
    }
}
