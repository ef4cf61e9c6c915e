/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.program.NnUnetFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that a new data set goes through, from a folder to the leaders of its classes. */
class LeadersCommandTest {

    @TempDir private Path folder;
    private final CommandHarness gss = new CommandHarness();
    private String data;

    @BeforeEach
    void cases() throws IOException {
        Path written =
                new NnUnetFixture(2, 3, List.of(20, 18, 2), 9, ".nii.gz", false, false)
                        .write(folder.resolve("data"), 5);
        data = "--data=" + written;
    }

    private int gss(String... args) {
        return gss.run(
                Stream.concat(Stream.of(args), Stream.of(data, "--cache=" + folder.resolve("c")))
                        .toArray(String[]::new));
    }

    private int train(String out, String... more) {
        return gss(
                Stream.concat(
                                Stream.of(
                                        "train",
                                        "--out=" + folder.resolve(out),
                                        "--crop=16x16x1",
                                        "--model.width=4",
                                        "--batch=1",
                                        "--epochs=1",
                                        "--iterations=1",
                                        "--foreground=all",
                                        "--spacing=1",
                                        "--fold=0"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void theLastLineGivesATrainingItsLeaders() {
        assertThat(train("first", "--loss.preset=none")).as("%s", gss.errLines()).isZero();
        assertThat(gss.out())
                .contains(
                        "data     data: modalities A, B; classes background, part 1, part 2; at 1.0"
                                + " mm, z-score")
                .contains("split    fold 0 of 5 drawn by seed 0: 4 cases to train on, 1 to")
                .contains("loss     none");

        assertThat(gss("leaders", "--run=" + folder.resolve("first")))
                .as("%s", gss.errLines())
                .isZero();
        assertThat(gss.out())
                .contains("5 cases, of which 4 were trained on and are left out")
                .containsPattern("part 2 +[0-9.]+ +[0-9.]+ +1  ")
                .contains("part 1: ");
        String last = gss.out().lines().reduce("", (before, line) -> line);
        assertThat(last).startsWith("--loss.groups 'background: ").endsWith("'");
        String groups = last.substring("--loss.groups '".length(), last.length() - 1);

        assertThat(train("second", "--loss.groups=" + groups)).as("%s", gss.errLines()).isZero();
        assertThat(
                        gss(
                                "evaluate",
                                "--run=" + folder.resolve("first"),
                                "--run=" + folder.resolve("second"),
                                "--unseen",
                                "--out=" + folder.resolve("evaluated")))
                .as("%s", gss.errLines())
                .isZero();
        assertThat(folder.resolve("evaluated/comparison.md")).content().contains("part 1");
    }

    @Test
    void aWrongMarginIsRefused() {
        assertThat(train("first", "--loss.preset=none")).isZero();
        assertThat(gss("leaders", "--run=" + folder.resolve("first"), "--margin=-1")).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly("gss leaders: --margin: expected 0 to 100 points, got -1.0");
    }
}
