/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

    private static final String METHOD = "gss-paper-2d-3leaders.npz";

    private final CommandHarness gss = new CommandHarness();

    @TempDir private Path home;

    @BeforeEach
    void referenceNumbers() throws IOException {
        Path reference = Files.createDirectories(home.resolve("reference"));
        for (String name : List.of(METHOD, "rfnet-zeros.npz")) {
            Files.copy(ReferenceFiles.shipped(name), reference.resolve(name));
        }
        System.setProperty(VerifyCommand.HOME, home.toString());
    }

    @AfterEach
    void forget() {
        System.clearProperty(VerifyCommand.HOME);
    }

    @Test
    void onTheCpuEverythingIsLookedAt() {
        assertThat(gss.run("doctor")).as(gss.out()).isZero();
        assertThat(gss.errLines()).isEmpty();
        List<String> checks = gss.out().lines().map(line -> line.replaceFirst("  .*", "")).toList();
        assertThat(checks)
                .contains("program", "Java", "natives", "engine", "device", "memory", "threads")
                .contains("allocator", "OpenMP", "cache", "DJL's cache", "numbers", "network");
        assertThat(gss.out())
                .containsPattern("(?m)^numbers +ok +gss-paper-2d-3leaders.npz: All \\d+ comp")
                .containsPattern("(?m)^network +ok +rfnet-zeros.npz: All \\d+ comparisons")
                .containsPattern("(?m)^engine +ok +PyTorch \\d");
    }

    /** As an engine that computes wrongly would differ from the numbers that ship. */
    @Test
    void wrongNumbersAreAProblemOfOneLine() throws IOException {
        Path changed =
                new ReferenceFiles(home)
                        .changed(METHOD, arrays -> arrays.get("kl_forward").addi(1e-3));
        Files.copy(
                changed,
                home.resolve("reference").resolve(METHOD),
                StandardCopyOption.REPLACE_EXISTING);

        assertThat(gss.run("doctor")).isEqualTo(2);
        assertThat(gss.errLines())
                .singleElement()
                .asString()
                .matches(
                        "gss doctor: numbers: "
                                + METHOD
                                + ": \\d of \\d+ comparisons of 1 file on cpu are beyond"
                                + " tolerance\\. \\(\\d+\\.\\d s\\); reinstall the program, or"
                                + " report this: gss verify shows all numbers");
        assertThat(gss.out())
                .containsPattern("(?m)^numbers +PROBLEM +" + METHOD + ": ")
                .containsPattern("(?m)^network +ok ");
    }

    @Test
    void withoutCudaOneLineSaysWhatIsMissing() {
        assumeThat(Engine.getInstance().getGpuCount()).as("CUDA devices here").isZero();

        assertThat(gss.run("doctor", "--device", "gpu")).isEqualTo(2);
        assertThat(gss.errLines())
                .singleElement()
                .asString()
                .startsWith("gss doctor: device: expected a CUDA device for gpu; missing: ")
                .contains("CUDA natives of PyTorch");
        assertThat(gss.out()).doesNotContain("numbers");
    }

    @Test
    void aCacheThatCannotBeWrittenIsAProblem() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "in the way");
        String before = System.getProperty("gss.cache");
        System.setProperty("gss.cache", file.toString());
        try {
            assertThat(gss.run("doctor")).isEqualTo(2);
        } finally {
            System.setProperty("gss.cache", before);
        }
        assertThat(gss.errLines())
                .singleElement()
                .asString()
                .startsWith("gss doctor: cache: " + file + " cannot be written (")
                .contains("JAVA_OPTS=-Dgss.cache=FOLDER");
    }
}
