/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.TinyRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gss predict} in parts, with the mean of two runs. */
class PredictPartsCommandTest {

    @TempDir private Path folder;
    private final CommandHarness gss = new CommandHarness();

    @BeforeEach
    void casesAndRuns() throws IOException {
        PhantomSettings small = PhantomSettings.ofSeed(1).withShape(32, 32, 32);
        PhantomCohort.write(folder.resolve("data"), 3, small, done -> {});
        TinyRun.create(folder.resolve("one"), 1, Map.of());
        TinyRun.create(folder.resolve("two"), 2, Map.of());
    }

    private int predict(String... more) {
        List<String> words = new ArrayList<>(List.of("predict"));
        words.add("--run=" + folder.resolve("one"));
        words.add("--run=" + folder.resolve("two"));
        words.add("--out=" + folder.resolve("out"));
        words.addAll(List.of(more));
        return gss.run(words.toArray(String[]::new));
    }

    private String data() {
        return "--data=" + folder.resolve("data");
    }

    @Test
    void partsAreCollected() throws IOException {
        assertThat(predict(data(), "--part=1/2")).isZero();
        assertThat(gss.out().lines())
                .contains("part 1/2 has 1 case, 0 were finished before, 0 cannot be segmented")
                .anyMatch(line -> line.startsWith("Phantom-0002 with "))
                .noneMatch(line -> line.startsWith("Phantom-0001 with "));
        assertThat(folder.resolve("out/volumes.csv")).doesNotExist();
        assertThat(predict(data(), "--collect")).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly(
                        "gss predict: case Phantom-0001: is missing, not segmented yet",
                        "gss predict: case Phantom-0003: is missing, not segmented yet");
        assertThat(Files.readAllLines(folder.resolve("out/volumes.csv"))).hasSize(2);
        assertThat(predict(data(), "--part=0/2")).isZero();
        assertThat(predict(data(), "--part=1/2")).isZero();
        assertThat(gss.out())
                .contains("part 1/2 has 1 case, 1 was finished before, 0 cannot be segmented");
        assertThat(predict(data(), "--collect")).isZero();
        assertThat(gss.out()).contains("Segmentations and volumes.csv in " + folder.resolve("out"));
        assertThat(Files.readAllLines(folder.resolve("out/volumes.csv"))).hasSize(4);
    }

    @Test
    void noFolderIsNamedWhereNothingWasSegmented() throws IOException {
        for (int i = 1; i <= 3; i++) {
            Path file =
                    folder.resolve("data/Phantom-000%d/Phantom-000%d_t1.nii.gz".formatted(i, i));
            Files.writeString(file, "no image");
        }
        assertThat(predict(data())).isEqualTo(2);
        assertThat(gss.errLines()).hasSize(3);
        assertThat(gss.out()).doesNotContain("Segmentations");
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        refused(
                "--part: expected K/N with K from 0 to below N, such as 0/6 to 5/6, got 2/2",
                data(),
                "--part=2/2");
        refused(
                "expected one of --part and --collect, got both",
                data(),
                "--part=0/2",
                "--collect");
        String subject = "--subject=" + folder.resolve("data/Phantom-0001");
        String alone = "--part and --collect: expected --data beside them, got --subject";
        refused(alone, subject, "--part=0/2");
        refused(alone, subject, "--collect");
        refused(
                folder.resolve("out")
                        + ": expected the folder that the parts have left, found none",
                data(),
                "--collect");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private void refused(String line, String... words) {
        assertThat(predict(words)).isEqualTo(2);
        assertThat(gss.errLines()).containsExactly("gss predict: " + line);
    }
}
