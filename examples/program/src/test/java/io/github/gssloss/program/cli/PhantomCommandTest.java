/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhantomCommandTest {

    @TempDir private Path folder;
    private final CommandHarness gss = new CommandHarness();

    @Test
    void makesWhatWasAskedFor() {
        String out = folder.resolve("cohort").toString();
        String[] args = {
            "phantom", "--out", out, "--subjects", "2", "--seed=-9", "--shape=32x40x48"
        };

        assertThat(gss.run(args)).isZero();

        assertThat(gss.errLines()).isEmpty();
        assertThat(gss.out()).endsWith("2 phantoms in " + out + System.lineSeparator());
        Path seed = folder.resolve("cohort/Phantom-0002/Phantom-0002_seg.nii.gz");
        PhantomSettings same = PhantomSettings.ofSeed(-9).withShape(32, 40, 48);
        PhantomCohort.write(folder.resolve("same"), 2, same, done -> {});
        assertThat(seed)
                .hasSameBinaryContentAs(
                        folder.resolve("same/Phantom-0002/Phantom-0002_seg.nii.gz"));
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
        List<String> args = new ArrayList<>(List.of("phantom", "--out=" + folder + "/c", option));
        if (!option.startsWith("--subjects")) {
            args.add("--subjects=2");
        }
        assertThat(gss.run(args.toArray(String[]::new))).isEqualTo(2);
        List<String> expected = new ArrayList<>(List.of(lines));
        expected.set(0, "gss phantom: " + lines[0]);
        assertThat(gss.errLines()).isEqualTo(expected);
        assertThat(folder).isEmptyDirectory();
    }
}
