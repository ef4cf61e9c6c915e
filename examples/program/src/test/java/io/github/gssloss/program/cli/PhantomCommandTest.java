/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.program.config.VolumeSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhantomCommandTest {

    private record Call(Path out, int subjects, long seed, VolumeSize shape) {}

    private final List<Call> calls = new ArrayList<>();
    private final CommandHarness gss =
            new CommandHarness(
                    new PhantomCommand(
                            (out, subjects, seed, shape, console) ->
                                    calls.add(new Call(out, subjects, seed, shape))));

    @Test
    void handsOverWhatWasAskedFor() {
        assertThat(gss.run("phantom", "--out", "cohort", "--subjects", "3")).isZero();
        assertThat(
                        gss.run(
                                "phantom",
                                "--out=c",
                                "--subjects=1",
                                "--seed=-9",
                                "--shape",
                                "96x112x80"))
                .isZero();

        assertThat(calls)
                .containsExactly(
                        new Call(Path.of("cohort"), 3, 0, VolumeSize.cube(96)),
                        new Call(Path.of("c"), 1, -9, new VolumeSize(96, 112, 80)));
    }

    @Test
    void refusesWhatIsNoCohort() {
        refuses("--subjects=0", "--subjects: expected a whole number of at least 1, got 0");
        refuses(
                "--subjects=many",
                "Invalid value for option '--subjects': 'many' is not an int",
                "Try 'gss phantom --help'.");
        refuses(
                "--shape=96x96",
                "Invalid value for option '--shape': expected a size such as 80, 96x96x64 or"
                        + " [96, 96, 64], got 96x96",
                "Try 'gss phantom --help'.");
    }

    @Test
    void helpShowsTheDefaults() {
        assertThat(gss.run("phantom", "--help")).isZero();
        assertThat(gss.out()).contains("--shape=SIZE", "Default: 96", "Default: 0");
    }

    private void refuses(String option, String... lines) {
        List<String> args = new ArrayList<>(List.of("phantom", "--out=c", option));
        if (!option.startsWith("--subjects")) {
            args.add("--subjects=2");
        }
        assertThat(gss.run(args.toArray(String[]::new))).isEqualTo(2);
        List<String> expected = new ArrayList<>(List.of(lines));
        expected.set(0, "gss phantom: " + lines[0]);
        assertThat(gss.errLines()).isEqualTo(expected);
        assertThat(calls).isEmpty();
    }
}
