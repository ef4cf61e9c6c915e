/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The start script with a Java that prints a variable instead of running the program. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is one of sh")
class StartScriptTest {

    private static final String SPIN = "GOMP_SPINCOUNT";
    private static final String LOCALE = "LC_ALL";
    private static final String POLICY = "OMP_WAIT_POLICY";
    private static final String ARENAS = "MALLOC_ARENA_MAX";
    private static final String GLIBC = "GLIBC_TUNABLES";

    @TempDir private Path folder;

    @Test
    void waitingThreadsSpinBrieflyUnlessTheUserSaysOtherwise() throws Exception {
        assertThat(printed(SPIN, Map.of())).isEqualTo("10000");
        assertThat(printed(SPIN, Map.of(SPIN, "300000"))).isEqualTo("300000");
        assertThat(printed(SPIN, Map.of(POLICY, "passive"))).isEqualTo("not set");
        assertThat(printed(SPIN, Map.of(POLICY, "active", SPIN, "5"))).isEqualTo("5");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the variables are those of glibc")
    void freedMemoryIsKeptInLargePagesUnlessTheUserSaysOtherwise() throws Exception {
        assertThat(printed(ARENAS, Map.of())).isEqualTo("1");
        assertThat(printed(GLIBC, Map.of())).isEqualTo("glibc.malloc.hugetlb=1");
        assertThat(printed(GLIBC, Map.of(GLIBC, "glibc.rtld.nns=2"))).isEqualTo("glibc.rtld.nns=2");
        assertThat(printed(GLIBC, Map.of(GLIBC, ""))).isEmpty();
        assertThat(printed(GLIBC, Map.of("MALLOC_CHECK_", "0"))).isEqualTo("not set");
    }

    /** In the locale C, Java cannot open files whose names have letters beyond ASCII. */
    @Test
    void theLocaleIsUtf8WhereItWouldBeC() throws Exception {
        assertThat(printed(LOCALE, Map.of())).isEqualTo("C.UTF-8");
        assertThat(printed(LOCALE, Map.of(LOCALE, "C"))).isEqualTo("C.UTF-8");
        assertThat(printed(LOCALE, Map.of("LANG", "POSIX"))).isEqualTo("C.UTF-8");
        assertThat(printed(LOCALE, Map.of("LANG", "de_DE.UTF-8"))).isEqualTo("not set");
        assertThat(printed(LOCALE, Map.of(LOCALE, "de_DE.UTF-8"))).isEqualTo("de_DE.UTF-8");
    }

    /** What distils has the module of vectors, where Java has it: Java warns of it at its start. */
    @Test
    void commandsThatDistilHaveTheModuleOfVectors() throws Exception {
        String option = "--add-modules jdk.incubator.vector ";
        assertThat(started("train", "--help")).doesNotContain(option);
        Files.writeString(
                folder.resolve("release"), "MODULES=\"java.base jdk.incubator.vector\"\n");
        assertThat(started("train", "--help")).contains(option);
        assertThat(started("--stacktrace", "bench", "loss")).contains(option);
        assertThat(started("predict", "--help")).doesNotContain(option);
    }

    private String started(String... arguments) throws IOException, InterruptedException {
        return run("$*", Map.of(), arguments);
    }

    private String printed(String variable, Map<String, String> variables)
            throws IOException, InterruptedException {
        return run("${" + variable + "-not set}", variables, "--version");
    }

    private String run(String words, Map<String, String> variables, String... arguments)
            throws IOException, InterruptedException {
        Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"" + words + "\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder script = new ProcessBuilder("sh", "src/main/assembly/bin/gss");
        script.command().addAll(List.of(arguments));
        Set<String> inherited = script.environment().keySet();
        inherited.removeAll(List.of(SPIN, POLICY, LOCALE, "LC_CTYPE", "LANG", GLIBC));
        inherited.removeIf(name -> name.startsWith("MALLOC_"));
        script.environment().put("JAVA_HOME", folder.toString());
        script.environment().putAll(variables);
        Process process = script.redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out.strip();
    }
}
