/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.sun.management.ThreadMXBean;
import io.github.gssloss.files.UserInputException;
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
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole files with random damage. A reader gives a result or one clear error, soon, and never takes
 * more memory than such a file can hold. {@code -Dgss.fuzz=100000} sets the number of files of each
 * kind; the same seed always damages alike.
 */
class ReaderFuzzTest {

    private static final int FILES = Integer.getInteger("gss.fuzz", 1500);

    /** What a reader may allocate for a file of no size: buffers and messages. */
    private static final long LEAST_BYTES = 4L << 20;

    /** Deflate shrinks at most 1032 to 1; each byte and a float for it may be kept twice. */
    private static final long BYTES_PER_BYTE = 1032 * 2 * (1 + Float.BYTES);

    private static final long LONGEST_SECONDS = 10;

    @TempDir private Path folder;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    work -> {
                        Thread made = new Thread(work, "reader");
                        made.setDaemon(true);
                        return made;
                    });

    private byte[] nifti;
    private byte[] npz;

    /** Makes a file to read. */
    private interface Maker {
        byte[] make(SplittableRandom random) throws IOException;
    }

    /** Reads a file and checks what it gets. */
    private interface Reader {
        void read(Path file) throws IOException;
    }

    /** The message of a file that was refused, else null, and what the thread allocated. */
    private record Outcome(String refused, long bytes) {}

    @BeforeEach
    void wholeFiles() throws IOException {
        float[] data = new float[6 * 5 * 4];
        for (int i = 0; i < data.length; i++) {
            data[i] = i * 31 % 97;
        }
        Path image = folder.resolve("whole.nii");
        double[][] affine = {{-1, 0, 0, 5}, {0, -2, 0, 8}, {0, 0, 3, 0}, {0, 0, 0, 1}};
        NiftiWriter.write(
                image, NiftiHeader.create(new int[] {6, 5, 4}, affine, NiftiDatatype.INT16), data);
        nifti = Files.readAllBytes(image);

        Path weights = folder.resolve("whole.npz");
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList arrays =
                    new NDList(manager.arange(12f).reshape(3, 4), manager.ones(new Shape(5)));
            arrays.get(0).setName("first.weight");
            arrays.get(1).setName("second.bias");
            NpzFile.write(weights, arrays);
        }
        npz = Files.readAllBytes(weights);
    }

    @AfterEach
    void end() {
        thread.shutdownNow();
    }

    private void fuzz(String name, byte[] whole, Maker maker, Reader reader) throws Exception {
        Path file = folder.resolve(name);
        // Whole it is read; what Java loads with the first counts for none of the others.
        Files.write(file, whole);
        assertThat(outcome(reader, file, "whole " + name).refused()).isNull();
        SplittableRandom random = new SplittableRandom(name.hashCode());
        int refused = 0;
        for (int i = 0; i < FILES; i++) {
            Files.write(file, maker.make(random));
            String which = "file %d of %s".formatted(i, name);
            Outcome outcome = outcome(reader, file, which);
            if (outcome.refused() != null) {
                refused++;
                assertThat(outcome.refused()).as(which).startsWith(file.toString()).hasLineCount(1);
            }
            long most = LEAST_BYTES + BYTES_PER_BYTE * Files.size(file);
            // What Java itself does once, such as loading classes, is not there a second time.
            long bytes =
                    outcome.bytes() < most ? outcome.bytes() : outcome(reader, file, which).bytes();
            assertThat(bytes).as("bytes allocated for " + which).isLessThan(most);
        }
        assertThat(refused).isBetween(FILES / 20, FILES - 1);
    }

    /** A thread that hangs in a reader cannot be stopped, but it can be left behind. */
    private Outcome outcome(Reader reader, Path file, String which) throws Exception {
        try {
            return thread.submit(() -> outcome(reader, file))
                    .get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(which + ": not read in %d s".formatted(LONGEST_SECONDS), e);
        } catch (ExecutionException e) {
            throw new AssertionError(which + ": " + e.getCause(), e.getCause());
        }
    }

    private static Outcome outcome(Reader reader, Path file) throws IOException {
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = memory.getCurrentThreadAllocatedBytes();
        String refused = null;
        try {
            reader.read(file);
        } catch (UserInputException e) {
            refused = e.getMessage();
        }
        return new Outcome(refused, memory.getCurrentThreadAllocatedBytes() - before);
    }

    private static void readNifti(Path file) {
        NiftiImage image = NiftiReader.read(file);
        int[] shape = image.header().geometry().size();
        assertThat(image.data()).hasSize(shape[0] * shape[1] * shape[2]);
        assertThat(image.header().geometry().in("LPS").orientation()).isEqualTo("LPS");
        assertThat(image.header().warnings()).allSatisfy(one -> assertThat(one).hasLineCount(1));
    }

    @Test
    void damagedNifti() throws Exception {
        fuzz(
                "image.nii",
                nifti,
                random -> RandomDamage.of(nifti, random),
                ReaderFuzzTest::readNifti);
    }

    @Test
    void damagedNiftiInGzip() throws Exception {
        fuzz(
                "within.nii.gz",
                gzip(nifti),
                random -> gzip(RandomDamage.of(nifti, random)),
                ReaderFuzzTest::readNifti);
    }

    /** What passes gzip's checksum is the image as it was. */
    @Test
    void damagedGzip() throws Exception {
        byte[] whole = gzip(nifti);
        float[] data = NiftiReader.read(folder.resolve("whole.nii")).data();
        fuzz(
                "image.nii.gz",
                whole,
                random -> RandomDamage.of(whole, random),
                file -> assertThat(NiftiReader.read(file).data()).isEqualTo(data));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    /** What passes the archive's checksums is as it was; names have none, nor has their list. */
    @Test
    void damagedWeights() throws Exception {
        fuzz(
                "weights.npz",
                npz,
                random -> RandomDamage.of(npz, random),
                file -> {
                    try (NDManager manager = NDManager.newBaseManager()) {
                        NDList arrays = NpzFile.read(manager, file);
                        NDArray first = manager.arange(12f).reshape(3, 4);
                        NDArray second = manager.ones(new Shape(5));
                        assertThat(arrays.size()).isLessThanOrEqualTo(2);
                        for (NDArray array : arrays) {
                            assertThat(array).isIn(first, second);
                        }
                    }
                });
    }

    /** An array whose archive is sound. */
    @Test
    void damagedArrays() throws Exception {
        byte[] array;
        try (ZipFile zip = new ZipFile(folder.resolve("whole.npz").toFile())) {
            array = zip.getInputStream(zip.getEntry("first.weight.npy")).readAllBytes();
        }
        fuzz(
                "array.npz",
                zip(array),
                random -> zip(RandomDamage.of(array, random)),
                file -> {
                    try (NDManager manager = NDManager.newBaseManager()) {
                        NDArray read = NpzFile.read(manager, file).singletonOrThrow();
                        assertThat(read.getName()).isEqualTo("first.weight");
                        assertThat(read.toByteArray().length).isLessThan(array.length);
                    }
                });
    }

    private static byte[] zip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("first.weight.npy"));
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    /** What is read is read again when it is written. */
    @Test
    void damagedSettings() throws Exception {
        byte[] whole = RunSettings.defaults().toYaml().getBytes(StandardCharsets.UTF_8);
        Path again = folder.resolve("again.yaml");
        fuzz(
                "settings.yaml",
                whole,
                random -> RandomDamage.of(whole, random),
                file -> {
                    RunSettings read = RunSettings.read(file, Map.of());
                    Files.writeString(again, read.toYaml());
                    assertThat(RunSettings.read(again, Map.of())).isEqualTo(read);
                });
    }
}
