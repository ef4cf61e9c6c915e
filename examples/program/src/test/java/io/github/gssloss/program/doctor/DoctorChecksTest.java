/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.github.gssloss.program.doctor.Finding.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The single checks, where things are off. */
class DoctorChecksTest {

    private static final long GIGABYTE = 1_000_000_000L;
    private static final Path SHIPPED = Path.of("..", "..", "src-test-data");

    @TempDir private Path folder;

    @Test
    void aFolderThatIsAFileIsAProblem() throws IOException {
        Path file = Files.writeString(folder.resolve("cache"), "a file");

        Finding found = FolderFacts.of("cache", file, "-Dgss.cache=FOLDER");

        assertThat(found.state()).isEqualTo(State.PROBLEM);
        assertThat(found.found()).startsWith(file + " cannot be written (");
        assertThat(found.advice()).endsWith("-Dgss.cache=FOLDER");
    }

    @Test
    void aFolderIsMadeAndLeftEmpty() {
        Path made = folder.resolve("a").resolve("b");

        Finding found = FolderFacts.of("cache", made, "");

        assertThat(found.found()).startsWith(made + ", writable, ").endsWith(" free");
        assertThat(made).isEmptyDirectory();
    }

    @Test
    void withoutTheStartScriptsVariablesThereIsANote() {
        List<Finding> bare = new ProcessFacts(Map.of(), true).findings();
        List<Finding> set =
                new ProcessFacts(
                                Map.of(
                                        "MALLOC_ARENA_MAX",
                                        "1",
                                        "GOMP_SPINCOUNT",
                                        "10000",
                                        "OMP_NUM_THREADS",
                                        "3"),
                                true)
                        .findings();

        assertThat(bare).filteredOn(one -> one.check().equals("OpenMP")).hasSize(1);
        assertThat(bare)
                .filteredOn(one -> List.of("OpenMP", "allocator").contains(one.check()))
                .allSatisfy(one -> assertThat(one.state()).isEqualTo(State.NOTE))
                .allSatisfy(one -> assertThat(one.advice()).contains("bin/gss"));
        assertThat(set)
                .filteredOn(one -> !one.check().equals("memory"))
                .allSatisfy(one -> assertThat(one.state()).isEqualTo(State.OK));
        assertThat(set).anySatisfy(one -> assertThat(one.found()).contains("MALLOC_ARENA_MAX=1"));
        assertThat(set).anySatisfy(one -> assertThat(one.found()).contains("OMP_NUM_THREADS=3"));
        assertThat(set).anySatisfy(one -> assertThat(one.found()).contains("SPINCOUNT=10000"));
    }

    @Test
    void onlyLinuxHasThoseVariables() {
        assertThat(new ProcessFacts(Map.of(), false).findings())
                .filteredOn(one -> !one.check().equals("memory"))
                .allSatisfy(one -> assertThat(one.state()).isEqualTo(State.OK));
    }

    @Test
    void littleMemoryIsNoted() {
        ProcessFacts process = new ProcessFacts(Map.of(), true);

        assertThat(process.memory(GIGABYTE).state()).isEqualTo(State.NOTE);
        assertThat(process.memory(GIGABYTE).found()).startsWith("1.0 GB free of ");
        assertThat(process.memory(3 * GIGABYTE).state()).isEqualTo(State.OK);
    }

    @Test
    void littleRoomIsNoted() {
        Finding little = FolderFacts.room("cache", folder, GIGABYTE, "-Dgss.cache=FOLDER");

        assertThat(little.state()).isEqualTo(State.NOTE);
        assertThat(little.found()).isEqualTo(folder + ", writable, 1.0 GB free");
        assertThat(little.advice()).endsWith("another folder: -Dgss.cache=FOLDER");
        assertThat(FolderFacts.room("cache", folder, 3 * GIGABYTE, "").state()).isEqualTo(State.OK);
    }

    @Test
    void missingReferenceNumbersAreNoted() {
        assertThat(new NumbersCheck(folder).findings(Device.cpu()))
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.state()).isEqualTo(State.NOTE))
                .allSatisfy(one -> assertThat(one.found()).startsWith("no " + folder));
    }

    /**
     * A file that lies under another's name is recomputed as what it is, so this one is damaged.
     */
    @Test
    void aDamagedReferenceIsAProblem() throws IOException {
        Files.writeString(folder.resolve("gss-paper-2d-3leaders.npz"), "no archive");
        Files.copy(SHIPPED.resolve("rfnet-zeros.npz"), folder.resolve("rfnet-zeros.npz"));

        List<Finding> found = new NumbersCheck(folder).findings(Device.cpu());

        assertThat(found.get(0).state()).isEqualTo(State.PROBLEM);
        assertThat(found.get(0).found()).contains("gss-paper-2d-3leaders.npz");
        assertThat(found.get(1).state()).isEqualTo(State.OK);
        assertThat(found.get(1).found()).contains("are within tolerance");
    }

    @Test
    void aFolderOfNativesThatTheUserNamesGoesBeforeTheClassPath() {
        Natives named =
                Natives.find(
                        Map.of(
                                Natives.LIBRARY_PATH,
                                "/opt/torch",
                                "PYTORCH_VERSION",
                                "2.7.1",
                                "PYTORCH_FLAVOR",
                                "cu128"));

        assertThat(named.text())
                .isEqualTo("PyTorch 2.7.1, flavour cu128, from PYTORCH_LIBRARY_PATH /opt/torch");
        assertThat(named.forCpuAlone()).isFalse();
        assertThat(Natives.find(Map.of()).text()).contains("from class path, pytorch-native-cpu-");
        assertThat(Natives.find(Map.of(Natives.LIBRARY_PATH, "")))
                .isEqualTo(Natives.find(Map.of()));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void djlsOwnLibraryIsAmongTheLoadedFiles() {
        Engine.getInstance();

        assertThat(Natives.loaded("libdjl_torch")).hasSize(1);
        assertThat(Natives.loaded("libnothing")).isEmpty();
    }

    /** DJL downloads another version than that of the jar, in the flavour that the user names. */
    @Test
    void aVersionThatTheUserNamesIsDownloaded() {
        Natives other = Natives.find(Map.of("PYTORCH_VERSION", "2.5.1", "PYTORCH_FLAVOR", "cu124"));
        Natives same = Natives.find(Map.of("PYTORCH_VERSION", "2.7", "PYTORCH_FLAVOR", "cu128"));

        assertThat(other.text())
                .startsWith("PyTorch 2.5.1, flavour cu124, from downloaded by DJL to ");
        assertThat(other.onClassPath()).isFalse();
        assertThat(same.text()).contains("flavour cpu, from class path, pytorch-native-cpu-");
        assertThat(same.onClassPath()).isTrue();
    }

    @Test
    void aFindingIsOneLine() {
        Finding found = Finding.problem("engine", "first\n  second\t third", "do\nthis");

        assertThat(found.found()).isEqualTo("first second third");
        assertThat(found.advice()).isEqualTo("do this");
    }

    @Test
    void theBottomOfAChainOfFailuresIsSaid() {
        Exception bottom = new IOException("no space");

        assertThat(Finding.message(bottom)).isEqualTo("IOException: no space");
        assertThat(Finding.message(new IllegalStateException("not loaded", bottom)))
                .isEqualTo("not loaded (IOException: no space)");
    }
}
