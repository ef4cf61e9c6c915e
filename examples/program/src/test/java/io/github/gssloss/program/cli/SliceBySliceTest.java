/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.nifti.NiftiDatatype;
import io.github.gssloss.imaging.nifti.NiftiHeader;
import io.github.gssloss.imaging.nifti.NiftiImage;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.networks.weights.NpzFile;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.config.VolumeSize;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.tables.ScoresCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From phantoms to scores and a segmentation with crops of one slice, and with thin volumes. */
class SliceBySliceTest {

    private static final int SIDE = 32;
    private static final List<String> ENDINGS = List.of("flair", "t1ce", "t1", "t2", "seg");

    @TempDir private Path folder;
    private final CommandHarness gss = new CommandHarness();

    @ParameterizedTest
    @CsvSource({
        "rfnet,32x32x1,decoder_sep.d1_c1.conv.weight,--model.width=4",
        "rfnet,1x32x32,decoder_sep.d1_c1.conv.weight,--model.width=4",
        "uhved,32x1x32,seg.block_1.conv_0.weight,--model.width=4",
        "robustseg,16x16x1,gate_1.conv.weight,--model.width=2",
        "mmformer,1x32x32,flair_encoder.e1_c1.weight,--model.width=2 --model.heads=2"
                + " --model.tokenWidth=8 --model.hiddenWidth=16"
    })
    void aRunIsTrainedEvaluatedAndPredictsSliceBySlice(
            String network, String crop, String kernel, String sizes) throws IOException {
        Path data = phantoms();
        Path run = train(data, crop, "--model=" + network, sizes);

        RunSettings settings = RunFolder.open(run).settings();
        assertThat(gss.out()).contains("crops of " + crop);
        assertThat(settings.crop()).isEqualTo(VolumeSize.parse(crop));
        assertThat(settings.foregroundDraw()).isEmpty();
        Path weights = Checkpoints.last(RunFolder.open(run));
        assertThat(shape(weights, kernel).slice(2)).isEqualTo(settings.crop().axes().cube(3));
        assertThat(run.resolve("decisions.csv")).isNotEmptyFile();

        Path out = folder.resolve("evaluated");
        run(
                "evaluate",
                "--run=" + run,
                "--data=" + data,
                "--out=" + out,
                "--subsets=all,t1ce+flair");
        assertThat(ScoresCsv.read(out.resolve("scores.csv"), Brats.BRATS2020))
                .hasSize(2 * 2 * 3)
                .allMatch(row -> row.measures().dice() >= 0 && row.measures().dice() <= 1);
        assertThat(out.resolve("decisions-Phantom-0001.png")).isNotEmptyFile();
        assertThat(predicted(run, data.resolve("Phantom-0001")).header().geometry().size())
                .containsExactly(SIDE, SIDE, SIDE);
    }

    @Test
    void twoDimensionalWeightsMakeARunOfTheirKind() {
        Path run = train(phantoms(), "1x32x32", "--model.width=4");
        Path weights = Checkpoints.last(RunFolder.open(run));
        Path brought = folder.resolve("brought");

        run("weights", weights.toString(), "--out=" + brought);

        assertThat(RunFolder.open(brought).settings().crop()).isEqualTo(new VolumeSize(1, 80, 80));
        assertThat(gss.run("weights", weights.toString(), "--crop=80")).isEqualTo(2);
        assertThat(gss.errLines())
                .singleElement()
                .asString()
                .contains("flair_encoder.e1_c1.conv.weight: expected shape (4, 1, 3, 3, 3), got");
    }

    /** Volumes of one slice or a few along an axis, less than the crop, in 2-D and in 3-D. */
    @ParameterizedTest
    @CsvSource({"0,16", "1,16", "2,16", "0,32x32x1", "1,32x32x1", "2,32x32x1", "0,1x48x16"})
    void volumesThinnerThanTheCropAreTrainedOnEvaluatedAndPredicted(int axis, String crop)
            throws IOException {
        Path data = folder.resolve("thin");
        Path phantoms = phantoms();
        thin(phantoms.resolve("Phantom-0001"), data.resolve("Phantom-0001"), axis, 1);
        thin(phantoms.resolve("Phantom-0002"), data.resolve("Phantom-0002"), axis, 5);
        Path run = train(data, crop, "--model.width=4");

        Path out = folder.resolve("evaluated");
        run("evaluate", "--run=" + run, "--data=" + data, "--out=" + out, "--subsets=all,t1");
        assertThat(ScoresCsv.read(out.resolve("scores.csv"), Brats.BRATS2020)).hasSize(2 * 2 * 3);
        int[] size = {SIDE, SIDE, SIDE};
        size[axis] = 1;
        assertThat(predicted(run, data.resolve("Phantom-0001")).header().geometry().size())
                .containsExactly(size);
    }

    private Path phantoms() {
        Path data = folder.resolve("phantoms");
        PhantomSettings small = PhantomSettings.ofSeed(5).withShape(SIDE, SIDE, SIDE);
        PhantomCohort.write(data, 2, small, done -> {});
        return data;
    }

    private Path train(Path data, String crop, String... further) {
        Path run = folder.resolve("run");
        List<String> args = new ArrayList<>(List.of("train", "--data=" + data, "--out=" + run));
        args.addAll(List.of("--crop=" + crop, "--batch=2", "--epochs=1", "--iterations=2"));
        args.addAll(List.of("--foregroundFraction=0.7", "--decisionsEvery=1"));
        for (String words : further) {
            args.addAll(List.of(words.split(" ")));
        }
        run(args.toArray(String[]::new));
        return run;
    }

    private void run(String... args) {
        int exit = gss.run(args);
        assertThat(gss.errLines()).isEmpty();
        assertThat(exit).isZero();
    }

    private NiftiImage predicted(Path run, Path subject) {
        Path out = folder.resolve("predicted.nii.gz");
        run("predict", "--run=" + run, "--subject=" + subject, "--out=" + out);
        NiftiImage image = NiftiReader.read(out);
        for (float label : image.data()) {
            assertThat(label).isIn(0f, 1f, 2f, 4f);
        }
        return image;
    }

    private static Shape shape(Path weights, String name) {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray array = NpzFile.read(manager, weights).get(name);
            return array.getShape();
        }
    }

    /** Writes some slices of a case, about the one with the most tumour. */
    private static void thin(Path from, Path to, int axis, int slices) throws IOException {
        Files.createDirectories(to);
        int first = Math.max(0, largest(file(from, "seg"), axis) - slices / 2);
        for (String ending : ENDINGS) {
            NiftiImage image = NiftiReader.read(file(from, ending));
            int[] size = {SIDE, SIDE, SIDE};
            size[axis] = Math.min(slices, SIDE - first);
            short[] kept = new short[size[0] * size[1] * size[2]];
            for (int v = 0; v < kept.length; v++) {
                int[] at = {v / (size[1] * size[2]), v / size[2] % size[1], v % size[2]};
                at[axis] += first;
                kept[v] = (short) image.data()[(at[0] * SIDE + at[1]) * SIDE + at[2]];
            }
            double[][] affine = {
                {-1, 0, 0, size[0] - 1}, {0, -1, 0, size[1] - 1}, {0, 0, 8, 0}, {0, 0, 0, 1}
            };
            NiftiHeader header = NiftiHeader.create(size, affine, NiftiDatatype.INT16);
            NiftiWriter.write(file(to, ending), header, kept);
        }
    }

    private static Path file(Path subject, String ending) {
        return subject.resolve(subject.getFileName() + "_" + ending + ".nii.gz");
    }

    private static int largest(Path segmentation, int axis) {
        float[] labels = NiftiReader.read(segmentation).data();
        int[] counts = new int[SIDE];
        for (int v = 0; v < labels.length; v++) {
            int[] at = {v / (SIDE * SIDE), v / SIDE % SIDE, v % SIDE};
            counts[at[axis]] += labels[v] > 0 ? 1 : 0;
        }
        int most = Arrays.stream(counts).max().orElseThrow();
        int slice = 0;
        while (counts[slice] < most) {
            slice++;
        }
        return slice;
    }
}
