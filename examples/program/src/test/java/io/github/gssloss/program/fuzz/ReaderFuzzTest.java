/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.sun.management.ThreadMXBean;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.imaging.nifti.NiftiDatatype;
import io.github.gssloss.imaging.nifti.NiftiHeader;
import io.github.gssloss.imaging.nifti.NiftiImage;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import io.github.gssloss.networks.weights.NpzFile;
import io.github.gssloss.program.config.RunSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole files with random damage. A reader gives a result or one clear error, soon, and never takes
 * more memory than such a file can hold. {@code -Dgss.fuzz=100000} sets the number of files of each
 * kind; the same seed always damages alike.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class ReaderFuzzTest {

    private static final int FILES = Integer.getInteger("gss.fuzz", 1500);

    /** What a reader may allocate for a file of no size: buffers and messages. */
    private static final long LEAST_BYTES = 16L << 20;

    /** Deflate shrinks at most 1032 to 1; a byte becomes a float, and is kept twice at most. */
    private static final long BYTES_PER_BYTE = 1032L * 4 * 3;

    private static final long LONGEST_SECONDS = 10;

    @TempDir private Path folder;

    private interface Reader {
        void read(Path file) throws IOException;
    }

    private void fuzz(String name, byte[] whole, boolean gzip, Reader reader) throws IOException {
        Path file = folder.resolve(name);
        SplittableRandom random = new SplittableRandom(name.hashCode());
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int refused = 0;
        for (int i = 0; i < FILES; i++) {
            byte[] damaged = Damage.of(whole, random);
            // Half of the archives are damaged within, half as they lie on the disk.
            boolean within = gzip && random.nextBoolean();
            Files.write(
                    file, within ? zip(damaged) : gzip ? Damage.of(zip(whole), random) : damaged);
            long before = memory.getCurrentThreadAllocatedBytes();
            long started = System.nanoTime();
            try {
                reader.read(file);
            } catch (UserInputException e) {
                refused++;
                assertThat(e.getMessage())
                        .as("file %d of %s", i, name)
                        .startsWith(file.toString())
                        .hasLineCount(1);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("file %d of %s: %s".formatted(i, name, e), e);
            }
            assertThat(memory.getCurrentThreadAllocatedBytes() - before)
                    .as("bytes for file %d of %s", i, name)
                    .isLessThan(LEAST_BYTES + BYTES_PER_BYTE * Files.size(file));
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started))
                    .as("seconds for file %d of %s", i, name)
                    .isLessThan(LONGEST_SECONDS);
        }
        assertThat(refused).isBetween(FILES / 20, FILES - 1);
    }

    private static byte[] zip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private byte[] nifti() throws IOException {
        float[] data = new float[6 * 5 * 4];
        for (int i = 0; i < data.length; i++) {
            data[i] = i * 31 % 97;
        }
        Path file = folder.resolve("whole.nii");
        double[][] affine = {{-1, 0, 0, 5}, {0, -2, 0, 8}, {0, 0, 3, 0}, {0, 0, 0, 1}};
        NiftiWriter.write(
                file, NiftiHeader.create(new int[] {6, 5, 4}, affine, NiftiDatatype.INT16), data);
        return Files.readAllBytes(file);
    }

    private static void readNifti(Path file) {
        NiftiImage image = NiftiReader.read(file);
        int[] shape = image.header().geometry().size();
        assertThat(image.data()).hasSize(shape[0] * shape[1] * shape[2]);
        assertThat(image.header().geometry().in("LPS").orientation()).isEqualTo("LPS");
        image.header().warnings();
    }

    @Test
    void damagedNifti() throws IOException {
        fuzz("image.nii", nifti(), false, ReaderFuzzTest::readNifti);
    }

    @Test
    void damagedNiftiInGzip() throws IOException {
        fuzz("image.nii.gz", nifti(), true, ReaderFuzzTest::readNifti);
    }

    @Test
    void damagedWeights() throws IOException {
        Path file = folder.resolve("whole.npz");
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList arrays =
                    new NDList(manager.arange(12f).reshape(3, 4), manager.ones(new Shape(5)));
            arrays.get(0).setName("first.weight");
            arrays.get(1).setName("second.bias");
            NpzFile.write(file, arrays);
            fuzz(
                    "weights.npz",
                    Files.readAllBytes(file),
                    false,
                    damaged -> {
                        try (NDManager reading = manager.newSubManager()) {
                            NpzFile.read(reading, damaged);
                        }
                    });
        }
    }

    @Test
    void damagedSettings() throws IOException {
        byte[] whole = RunSettings.defaults().toYaml().getBytes(StandardCharsets.UTF_8);
        fuzz("settings.yaml", whole, false, file -> RunSettings.read(file, Map.of()));
    }

    @Test
    void foldersOfFilesWithRandomNames() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        List<String> parts =
                List.of(
                        "A", "a", "B 1", "_flair", "_FLAIR", "-t2f", "_t1", "_seg", "seg", ".nii",
                        ".nii.gz", ".NII.GZ", ".hdr", ".", "..x", "%s", "é", "_t1ce");
        byte[] image = zip(nifti());
        for (int i = 0; i < FILES / 10; i++) {
            Path data = Files.createDirectory(folder.resolve("data" + i));
            for (int f = random.nextInt(8); f >= 0; f--) {
                Path path = data;
                for (int level = random.nextInt(4); level >= 0; level--) {
                    StringBuilder name = new StringBuilder("x");
                    for (int p = random.nextInt(4); p >= 0; p--) {
                        name.append(parts.get(random.nextInt(parts.size())));
                    }
                    path = path.resolve(name.toString());
                }
                if (!Files.exists(path)) {
                    Files.createDirectories(path.resolveSibling(""));
                    Files.write(path, image);
                }
            }
            Cohort found = Cohort.find(data);
            assertThat(found.problems()).allSatisfy(line -> assertThat(line).hasLineCount(1));
            assertThat(found.skipped()).allSatisfy(line -> assertThat(line).hasLineCount(1));
        }
    }
}
