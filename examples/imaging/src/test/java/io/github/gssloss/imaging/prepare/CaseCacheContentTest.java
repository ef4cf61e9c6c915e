/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.nifti.NiftiImage;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What the cache holds, and what makes two cases the same. */
class CaseCacheContentTest extends CaseCacheFixture {

    /** As floats they were standardised before they were stored; now when they are read. */
    @Test
    void wholeNumbersAreStoredAsSuchBitForBit() throws IOException {
        SyntheticCase other = new SyntheticCase(folder.resolve("data"), "B", 9, 10, 11);
        BoundingBox box = new BoundingBox(1, 2, 3, 7, 6, 8);
        SplittableRandom random = new SplittableRandom(5);
        Map<Modality, float[]> volumes = new TreeMap<>();
        for (Modality modality : Brats.MODALITIES) {
            float[] volume = new float[990];
            other.inside(
                    box,
                    i ->
                            volume[i] =
                                    switch (modality.label()) {
                                        case "flair" -> random.nextInt(1, 256);
                                        case "t1ce" -> random.nextInt(-32768, 32768);
                                        case "t1" -> random.nextInt(1, 32769);
                                        default -> (float) random.nextDouble(1, 2000);
                                    });
            volumes.put(modality, volume);
        }
        volumes.get(Brats.FLAIR)[box.z() + 11 * (box.y() + 10 * box.x())] = 255;
        volumes.get(Brats.T1CE)[500] = -3;
        volumes.get(Brats.T1)[box.z() + 11 * (box.y() + 10 * box.x())] = 32768;
        volumes.forEach((modality, volume) -> other.floatImage("_" + modality.label(), volume));
        files = CaseFiles.find(other.folder()).get(0);

        PreparedCase prepared = open();

        assertThat(Files.size(cached().get(0))).isEqualTo(196 + (1 + 2 + 4 + 4) * 336);
        float[] images = new float[4 * 336];
        for (Modality modality : Brats.MODALITIES) {
            System.arraycopy(
                    box.cut(volumes.get(modality), new int[] {9, 10, 11}),
                    0,
                    images,
                    336 * modality.index(),
                    336);
        }
        assertStandardised(prepared, images);
        float[] part = new float[4 * 8];
        prepared.copyImages(new BoundingBox(3, 2, 1, 2, 2, 2), part);
        assertThat(part[9]).isEqualTo(prepared.images()[336 + (3 * 6 + 2) * 8 + 2]);
    }

    /** As it was done before: over the foreground, in double, rounded once. */
    private static void assertStandardised(PreparedCase prepared, float[] images) {
        for (int m = 0; m < 4; m++) {
            double sum = 0;
            int count = 0;
            for (int v = 0; v < 336; v++) {
                if (foreground(images, v)) {
                    sum += images[336 * m + v];
                    count++;
                }
            }
            double mean = sum / count;
            double squares = 0;
            for (int v = 0; v < 336; v++) {
                if (foreground(images, v)) {
                    squares += (images[336 * m + v] - mean) * (images[336 * m + v] - mean);
                }
            }
            double deviation = Math.sqrt(squares / count);
            for (int v = 0; v < 336; v++) {
                float wanted = (float) ((images[336 * m + v] - mean) / deviation);
                assertThat(Float.floatToRawIntBits(prepared.images()[336 * m + v]))
                        .isEqualTo(Float.floatToRawIntBits(wanted));
            }
        }
    }

    private static boolean foreground(float[] images, int v) {
        return images[v] != 0
                || images[336 + v] != 0
                || images[672 + v] != 0
                || images[1008 + v] != 0;
    }

    /** As stale_a and stale_b: other voxels under the same name, size and time of change. */
    @Test
    void dataChangedBehindTheCacheArePreparedAgain() throws IOException {
        Path packed = files.images().get(Brats.FLAIR);
        NiftiImage image = NiftiReader.read(packed);
        Files.delete(packed);
        Path flair = files.folder().resolve("A_flair.nii");
        Path stale = folder.resolve("stale.nii");
        NiftiWriter.write(flair, image.header(), image.data());
        for (int v = 0; v < image.data().length; v++) {
            image.data()[v] *= -1;
        }
        NiftiWriter.write(stale, image.header(), image.data());
        FileTime once = FileTime.fromMillis(1_600_000_000_000L);
        Files.setLastModifiedTime(flair, once);
        Files.setLastModifiedTime(stale, once);
        assertThat(Files.size(stale)).isEqualTo(Files.size(flair));
        files = CaseFiles.find(files.folder()).get(0);
        assertSame(open(), PREPARATION.prepare(files));

        Files.move(stale, flair, StandardCopyOption.REPLACE_EXISTING);

        assertSame(open(), PREPARATION.prepare(files));
        assertThat(cached()).hasSize(2);
    }

    /** As after {@code cp -r}: other folders and times, the same bytes. */
    @Test
    void dataCopiedToAnotherPlaceAreTheSame() throws IOException {
        open();
        Path copy = folder.resolve("another/place/B");
        Files.createDirectories(copy);
        try (Stream<Path> all = Files.list(files.folder())) {
            for (Path one : all.toList()) {
                String name = one.toFile().getName().replace("A_", "B_");
                Files.copy(one, copy.resolve(name));
            }
        }
        CaseFiles copied = CaseFiles.find(copy).get(0);
        CaseCache cache = new CaseCache(cacheFolder, PREPARATION);

        assertThat(cache.key(copied)).isEqualTo(cache.key(files));
        assertThat(cache.open(copied).images()).isEqualTo(expected.images());
        assertThat(cache.open(copied).name()).isEqualTo("B");
        assertThat(cached()).hasSize(1);
        // The same files in other roles are another case.
        Map<Modality, Path> swapped = new TreeMap<>(files.images());
        swapped.put(Brats.T1, files.images().get(Brats.T2));
        swapped.put(Brats.T2, files.images().get(Brats.T1));
        CaseFiles other = CaseFiles.ofBrats("A", files.folder(), swapped, files.segmentation());
        assertThat(cache.key(other)).isNotEqualTo(cache.key(files));
    }

    /** Both when it is prepared and when it is taken from the cache. */
    @Test
    void aCaseThatIsSmallerThanTheCropIsNamedOnceEachTime() {
        CaseCache small = new CaseCache(cacheFolder, new CasePreparation(Brats.BRATS2020, 8));
        CaseCache large =
                new CaseCache(cacheFolder, new CasePreparation(Brats.BRATS2020, 8, 16, 8));
        for (int i = 0; i < 2; i++) {
            assertThat(LogLines.of(() -> small.open(files)))
                    .noneMatch(line -> line.contains("padded"));
            assertThat(LogLines.of(() -> large.open(files)))
                    .filteredOn(line -> line.contains("padded"))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .endsWith(
                            " case A: has 8 x 10 x 8 voxels, less than the crop 8 x 16 x 8 along an"
                                    + " axis: padded with background");
        }
    }

    @Test
    void aDiskWithoutRoomIsRefusedBeforehand() {
        CaseCache cache = new CaseCache(cacheFolder, PREPARATION);
        // Half of 990 voxels, four times int16 and a label.
        assertThat(PreparedSize.estimate(files)).isEqualTo(495 * 9);
        cache.requireRoom(1, 1_300_000_000L, 1_300_000_000L);
        assertThatThrownBy(() -> cache.requireRoom(24, 1_300_000_000L, 999_000_000L))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "cache %s: 24 cases to prepare, about 1.3 GB, but its disk has 999 MB left;"
                                + " make room (gss cache) or choose another folder",
                        cacheFolder);
    }

    @Test
    void isListedAndCleared() throws IOException {
        assertThat(CacheContents.of(cacheFolder).entries()).isZero();
        open();
        Files.setLastModifiedTime(cached().get(0), FileTime.fromMillis(1000));
        files = write("B", 2);
        open();
        Path notOurs = Files.createFile(cacheFolder.resolve("notes.txt"));
        // What processes that write have made, one of them killed long ago.
        Path fresh = Files.createFile(cacheFolder.resolve(".0a.gsscase-1f.part"));
        Path old = Files.createFile(cacheFolder.resolve(".0b.gsscase-2f.part"));
        Files.setLastModifiedTime(old, FileTime.fromMillis(1000));

        CacheContents contents = CacheContents.of(cacheFolder);
        assertThat(contents.entries()).isEqualTo(2);
        assertThat(contents.bytes()).isEqualTo(2 * Files.size(cached().get(0)));
        assertThat(contents.oldest()).contains(Instant.ofEpochMilli(1000));
        assertThat(contents.newest().orElseThrow()).isAfter(Instant.now().minusSeconds(60));
        CacheContents.clear(cacheFolder);
        try (Stream<Path> left = Files.list(cacheFolder)) {
            assertThat(left).containsExactlyInAnyOrder(notOurs, fresh);
        }
    }
}
