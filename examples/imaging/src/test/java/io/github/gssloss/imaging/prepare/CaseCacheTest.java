/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class CaseCacheTest extends CaseCacheFixture {

    /** Another one where a file was written again; Windows has none. */
    private static Object fileKey(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    @Test
    void givesBackWhatWasPrepared() throws IOException {
        assertSame(open(), expected);
        assertThat(cached()).hasSize(1);
        Object written = fileKey(cached().get(0));
        Files.setLastModifiedTime(cached().get(0), FileTime.fromMillis(1000));
        assertSame(open(), expected);
        assertThat(fileKey(cached().get(0))).isEqualTo(written);
        // Its time is that of its last use.
        assertThat(Files.getLastModifiedTime(cached().get(0)).toInstant())
                .isAfter(Instant.now().minusSeconds(60));
    }

    @Test
    void keepsCasesWithoutLabels() {
        files = CaseFiles.ofBrats("A", files.folder(), files.images(), Optional.empty());
        expected = PREPARATION.prepare(files);
        assertSame(open(), expected);
        assertSame(open(), expected);
    }

    @Test
    void writesTheDocumentedFormat() throws IOException {
        open();
        ByteBuffer bytes =
                ByteBuffer.wrap(Files.readAllBytes(cached().get(0))).order(ByteOrder.LITTLE_ENDIAN);
        int voxels = expected.box().voxels();
        // Whole numbers within int16, and the labels.
        assertThat(bytes.capacity()).isEqualTo(196 + (4 * 2 + 1) * voxels);
        byte[] magic = new byte[8];
        bytes.get(0, magic);
        assertThat(new String(magic, StandardCharsets.US_ASCII)).isEqualTo("GSSCASE2");
        byte[] key = new byte[32];
        bytes.get(8, key);
        assertThat(HexFormat.of().formatHex(key))
                .isEqualTo(new CaseCache(cacheFolder, PREPARATION).key(files))
                .isEqualTo(cached().get(0).toFile().getName().replace(".gsscase", ""));
        int[] numbers = new int[9];
        Arrays.setAll(numbers, i -> bytes.getInt(40 + 4 * i));
        assertThat(numbers).containsExactly(1, 2, 3, 7, 6, 8, 9, 10, 11);
        assertThat(bytes.getFloat(80)).isEqualTo(1.5f);
        assertThat(bytes.getInt(184)).isEqualTo(1);
        // The second modality.
        assertThat(bytes.getInt(88 + 24)).isEqualTo(1);
        double mean = bytes.getDouble(88 + 24 + 4);
        double deviation = bytes.getDouble(88 + 24 + 12);
        double raw = bytes.getShort(196 + 2 * (voxels + 5));
        assertThat((float) ((raw - mean) / deviation)).isEqualTo(expected.images()[voxels + 5]);
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(196 + 2 * voxels, 2 * voxels));
        assertThat(bytes.getInt(88 + 24 + 20)).isEqualTo((int) crc.getValue());
        assertThat(bytes.get(196 + 8 * voxels + 7)).isEqualTo(expected.labels()[7]);
    }

    @Test
    void preparesAgainWhereTheFileIsDamaged() throws IOException {
        open();
        Path path = cached().get(0);
        byte[] good = Files.readAllBytes(path);
        byte[] flipped = good.clone();
        flipped[50] ^= 1;
        byte[] longer = Arrays.copyOf(good, good.length + 1);
        byte[] voxel = good.clone();
        voxel[196 + 1000] ^= 1;
        byte[] label = good.clone();
        label[good.length - 3] ^= 1;
        for (byte[] bad :
                List.of(
                        Arrays.copyOf(good, good.length - 1),
                        Arrays.copyOf(good, 40),
                        new byte[0],
                        flipped,
                        voxel,
                        label,
                        longer)) {
            cacheFolder = newFolder();
            Files.createDirectories(cacheFolder);
            Path damaged = cacheFolder.resolve(path.getFileName());
            Files.write(damaged, bad);
            assertSame(open(), expected);
            assertThat(cached()).containsExactly(damaged);
            assertThat(Files.readAllBytes(damaged)).isEqualTo(good);
        }
    }

    @Test
    void preparesAgainWhereASourceHasChanged() throws IOException {
        open();
        write("A", 2);
        PreparedCase changed = PREPARATION.prepare(files);
        assertThat(changed.images()).isNotEqualTo(expected.images());
        assertSame(open(), changed);
        assertThat(cached()).hasSize(2);
        // The time alone is no content.
        Path seg = files.segmentation().orElseThrow();
        Files.setLastModifiedTime(seg, FileTime.fromMillis(1_000_000_000_000L));
        assertSame(open(), changed);
        assertThat(cached()).hasSize(2);
    }

    @Test
    void keepsCasesOfDifferentSettingsSideBySide() throws IOException {
        open();
        CasePreparation larger = new CasePreparation(Brats.BRATS2020, 8);
        assertSame(new CaseCache(cacheFolder, larger).open(files), larger.prepare(files));
        assertThat(cached()).hasSize(2);
        assertSame(open(), expected);
        assertThat(cached()).hasSize(2);
    }

    @Test
    void opensACohortInItsOrder() {
        List<CaseFiles> cohort = List.of(write("C", 3), files, write("B", 4));
        List<String> heard = new ArrayList<>();
        List<PreparedCase> cases =
                new CaseCache(cacheFolder, PREPARATION)
                        .openAll(
                                cohort,
                                2,
                                (done, total, name) -> heard.add(done + "/" + total + " " + name));
        assertThat(cases).extracting(PreparedCase::name).containsExactly("C", "A", "B");
        assertSame(cases.get(1), expected);
        assertThat(heard).hasSize(3);
        assertThat(heard)
                .extracting(line -> line.substring(0, 3))
                .containsExactly("1/3", "2/3", "3/3");
        assertThat(heard)
                .extracting(line -> line.substring(4))
                .containsExactlyInAnyOrder("A", "B", "C");
    }

    @Test
    void opensAFolderOfCompleteCases() throws IOException {
        write("B", 2);
        Path data = folder.resolve("data");

        List<PreparedCase> cases = CaseCache.openFolder(data, cacheFolder, Brats.BRATS2020, 6);

        assertThat(cases).extracting(PreparedCase::name).containsExactly("A", "B");
        assertSame(cases.get(0), expected);
        Files.delete(files.segmentation().orElseThrow());
        assertThatThrownBy(() -> CaseCache.openFolder(data, cacheFolder, Brats.BRATS2020, 6))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith("case A: no segmentation file, expected A_seg.nii.gz in ");
    }

    @Test
    void namesTheFirstCaseThatCannotBeUsed() throws IOException {
        CaseFiles bad = write("B", 3);
        byte[] labels = new byte[9 * 10 * 11];
        labels[0] = 3;
        new SyntheticCase(folder.resolve("data"), "B", 9, 10, 11).labels("_seg", labels);
        CaseCache cache = new CaseCache(cacheFolder, PREPARATION);
        List<String> heard = new ArrayList<>();
        assertThatThrownBy(
                        () ->
                                cache.openAll(
                                        List.of(files, bad), 1, (d, t, name) -> heard.add(name)))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "case B: segmentation holds label 3, expected one of 0, 1, 2, 4"
                                + " (brats2020)");
        assertThat(heard).containsExactly("A");
        Files.delete(bad.images().get(Brats.T2));
        assertThatThrownBy(
                        () ->
                                cache.openAll(
                                        List.of(files, bad), 1, (d, t, name) -> heard.add(name)))
                .hasMessage(bad.images().get(Brats.T2) + ": no such file");
        assertThat(heard).containsExactly("A");
    }

    @Test
    void refusesAFolderItCannotWriteTo() throws IOException {
        cacheFolder = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(this::open)
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith("cache folder " + cacheFolder + ": cannot be used: ");
    }
}
