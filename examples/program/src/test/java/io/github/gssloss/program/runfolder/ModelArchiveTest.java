/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.runfolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.Sha256;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.config.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in place of a model that nobody should load: each is refused in one line. */
class ModelArchiveTest {

    private static final String WEIGHTS = "checkpoints/epoch-00001.npz";

    @TempDir private Path folder;
    private Path file;
    private final Map<String, String> entries = new LinkedHashMap<>();

    @BeforeEach
    void entriesOfAModel() {
        file = folder.resolve("model.zip");
        entries.put("README.md", "# A model\n");
        entries.put("settings.yaml", RunSettings.defaults().toYaml());
        entries.put(WEIGHTS, "numbers");
    }

    private static String manifest(int version, Map<String, String> entries) {
        StringBuilder text =
                new StringBuilder("format: gss-model\nversion: " + version + "\nentries:\n");
        entries.forEach(
                (name, content) ->
                        text.append(
                                "  \"%s\": {bytes: %d, sha256: \"%s\"}\n"
                                        .formatted(
                                                name,
                                                content.length(),
                                                HexFormat.of().formatHex(Sha256.of(content)))));
        return text.toString();
    }

    /** Writes the entries behind their manifest. */
    private void write() throws IOException {
        write(manifest(1, entries));
    }

    private void write(String manifest) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("manifest.yaml", manifest);
        all.putAll(entries);
        Files.write(file, Zips.of(all, ZipEntry.STORED));
    }

    private void refused(String message) {
        String temporary = System.getProperty("java.io.tmpdir");
        int before = models(temporary);
        assertThatThrownBy(() -> RunFolder.open(file))
                .isInstanceOf(UserInputException.class)
                .hasMessage(message)
                .hasMessageNotContaining("\n");
        assertThat(models(temporary)).isLessThanOrEqualTo(before);
    }

    private static int models(String temporary) {
        String[] names = Path.of(temporary).toFile().list((in, name) -> name.startsWith("gss-mod"));
        return names == null ? 0 : names.length;
    }

    @Test
    void whatIsWholeIsOpened() throws IOException {
        write();
        RunFolder run = RunFolder.open(file);

        assertThat(run.settings()).isEqualTo(RunSettings.defaults());
        assertThat(Checkpoints.last(run)).hasContent("numbers");
        assertThat(run.place(Checkpoints.last(run))).isEqualTo(file + "/" + WEIGHTS);
        assertThat(ModelArchive.isModel(file)).isTrue();
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Files.writeString(file, "no archive");
        refused(
                file
                        + ": expected the folder of a run or a model that gss export has written,"
                        + " got a file that is no whole zip archive: zip END header not found");
        assertThat(ModelArchive.isModel(file)).isFalse();
        Files.write(file, Zips.of(entries, ZipEntry.STORED));
        refused(
                file
                        + ": expected the folder of a run or a model that gss export has written,"
                        + " got an archive without manifest.yaml");
        write("format: onnx\nversion: 1\n");
        refused(
                file
                        + ", entry manifest.yaml: expected format gss-model and a version, got"
                        + " 'onnx'");
        write("format: gss-model\nversion: 1\nentries: [1, 2]\n");
        refused(
                file
                        + ", entry manifest.yaml: expected names with bytes and sha256, got"
                        + " something else");
        write("format: gss-model\nversion: 1\n");
        refused(
                file
                        + ", entry manifest.yaml: expected names with bytes and sha256, got"
                        + " something else");
    }

    @Test
    void aLaterVersionIsRefused() throws IOException {
        write(manifest(2, entries).replace("entries:", "signed: true\nentries:"));
        refused(
                file
                        + ": expected a model of format version 1, got version 2, which a later"
                        + " version of gss has written");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../settings.yaml",
                "/etc/cron.d/job",
                "checkpoints/../../epoch-00002.npz",
                "..\\settings.yaml",
                "C:\\settings.yaml",
                "checkpoints/",
                "Readme.md",
                "run.sh"
            })
    void namesThatNoModelHasAreRefused(String name) throws IOException {
        entries.put(name, "x");
        write();
        refused(
                "%s: expected entries of a model, such as settings.yaml, got the name '%s'"
                        .formatted(file, name));
        assertThat(folder.resolve("settings.yaml")).doesNotExist();
    }

    @Test
    void whatIsNotAsItWasWrittenIsRefused() throws IOException {
        String manifest = manifest(1, entries);
        entries.put(WEIGHTS, "numbert");
        write(manifest);
        refused(file + ", entry " + WEIGHTS + ": is damaged: its checksum is wrong");
    }

    /** Wherever a bit has changed, the archive is refused or opened as it was: never otherwise. */
    @Test
    void noChangedBitIsTaken() throws IOException {
        write();
        byte[] whole = Files.readAllBytes(file);
        int refused = 0;
        for (int at = 0; at < whole.length; at += 7) {
            byte[] damaged = whole.clone();
            damaged[at] = (byte) (damaged[at] ^ (1 << (at % 8)));
            Files.write(file, damaged);
            try {
                RunFolder run = RunFolder.open(file);
                assertThat(run.settings()).isEqualTo(RunSettings.defaults());
                assertThat(Checkpoints.last(run)).hasContent("numbers");
            } catch (UserInputException e) {
                assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("\n");
                refused++;
            }
        }
        // Times and attributes of entries do not matter, all else does.
        assertThat(refused).isGreaterThan(whole.length / 7 * 3 / 4);
    }

    @Test
    void aFileThatIsCutOffIsRefused() throws IOException {
        write();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        refused(
                file
                        + ": expected the folder of a run or a model that gss export has written,"
                        + " got a file that is no whole zip archive: zip END header not found");
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        String manifest = manifest(1, entries);
        entries.remove(WEIGHTS);
        write(manifest);
        refused(file + ": expected an entry " + WEIGHTS + ", found none");
        write();
        refused(file + ": expected the weights of one checkpoint, got 0");
        entries.put(WEIGHTS, "numbers");
        entries.remove("settings.yaml");
        write();
        refused(file + ": expected an entry settings.yaml, found none");
    }

    @Test
    void whatTheManifestDoesNotNameIsRefused() throws IOException {
        String manifest = manifest(1, entries);
        entries.put("cases.yaml", "training: {}\n");
        write(manifest);
        refused(
                file
                        + ", entry cases.yaml: expected it in manifest.yaml, which does not name"
                        + " it");
    }

    @Test
    void tooManyEntriesAreRefused() throws IOException {
        for (int i = 0; i < 70_000; i++) {
            entries.put("checkpoints/epoch-%05d.npz".formatted(i), "");
        }
        write("format: gss-model\nversion: 1\nentries: {}\n");
        refused(file + ": expected at most 32 entries, got 70003");
    }

    /** A few bytes that become many. */
    @Test
    void whatIsCompressedIsRefused() throws IOException {
        entries.put("README.md", "0".repeat(50_000_000));
        Map<String, String> all = new LinkedHashMap<>();
        all.put("manifest.yaml", manifest(1, entries));
        all.putAll(entries);
        Files.write(file, Zips.of(all, ZipEntry.DEFLATED));
        refused(
                file
                        + ", entry manifest.yaml: expected it as gss export stores it, not"
                        + " compressed");
    }

    @Test
    void aTextThatIsTooLongIsRefused() throws IOException {
        entries.put("README.md", "0".repeat(17_000_000));
        write();
        refused(file + ", entry README.md: expected at most 16777216 bytes, got 17000000");
    }

    /** Entries that lie over each other: each claims what all of the others claim. */
    @Test
    void entriesThatShareTheirBytesAreRefused() throws IOException {
        entries.put(WEIGHTS, "n".repeat(4000));
        entries.put("checkpoints/epoch-00002.npz", "n".repeat(4000));
        write();
        byte[] bytes = Files.readAllBytes(file);
        byte[] zip = Zips.withoutSecondCopy(bytes);
        Files.write(file, zip);
        int sizes = manifest(1, entries).length();
        for (String content : entries.values()) {
            sizes += content.length();
        }
        refused(
                "%s: expected entries of at most the %d bytes of the file, got %d"
                        .formatted(file, zip.length, sizes));
    }

    @Test
    void settingsThatDoNotFitAreNamedWithTheFile() throws IOException {
        entries.put("settings.yaml", "epochs: 0\n");
        write();
        assertThatThrownBy(() -> RunFolder.open(file))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(file + "/settings.yaml:1: ");
    }

    @Test
    void noTrainingGoesOnWithIt() throws IOException {
        write();
        assertThatThrownBy(() -> RunFolder.open(file, Map.of()))
                .isInstanceOf(UserInputException.class)
                .hasMessage(file + ": expected the folder of a run, got a file");
    }
}
