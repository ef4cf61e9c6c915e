/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which path is taken, by the options that Java was started with: in processes of their own. */
class CpuPathTest {

    private static final String[] MODULE = {"--add-modules", "jdk.incubator.vector"};

    @Test
    void isOnePassWhereTheModuleIs() throws Exception {
        String path = path("-Dai.djl.pytorch.num_threads=3", MODULE[0], MODULE[1]);
        // Compiled by the build alone: in an editor the class may be missing.
        boolean compiled = getClass().getResource("VoxelLanes.class") != null;
        assertThat(path).startsWith(compiled ? "one pass (" : "operations of the engine (this");
        assertThat(!compiled || path.endsWith(", 3 threads")).as(path).isTrue();
    }

    @Test
    void isTheEnginesWithoutTheModule() throws Exception {
        assertThat(path())
                .isEqualTo(
                        "operations of the engine (Java runs without --add-modules"
                                + " jdk.incubator.vector)");
    }

    @Test
    void isTheEnginesWhereItIsSwitchedOff() throws Exception {
        assertThat(path("-Dgss.vector=false", MODULE[0], MODULE[1]))
                .isEqualTo("operations of the engine (gss.vector is false)");
    }

    @Test
    void isTheEnginesWhereVectorsWouldBeSlow() throws Exception {
        for (String slow : List.of("-XX:TieredStopAtLevel=1", "-Xint")) {
            assertThat(path(slow, MODULE[0], MODULE[1]))
                    .startsWith("operations of the engine (Java runs without its second compiler");
        }
    }

    /** As on the processor that a virtual machine has by default: one batch took a minute there. */
    @Test
    void isTheEnginesWhereProductAndSumAreTwoInstructions() throws Exception {
        assertThat(path("-XX:-UseFMA", MODULE[0], MODULE[1]))
                .isEqualTo(
                        "operations of the engine (Java does not say that the processor multiplies"
                                + " and adds in one step, UseFMA)");
    }

    private static String path(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Printing.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out.strip();
    }

    /** What the processes run. */
    static final class Printing {

        private Printing() {}

        public static void main(String[] args) {
            System.out.println(GroupDistillation.cpuPath());
        }
    }
}
