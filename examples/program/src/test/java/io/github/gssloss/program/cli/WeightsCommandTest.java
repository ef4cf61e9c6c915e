/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.networks.weights.NpzFile;
import io.github.gssloss.program.config.NetworkKind;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.config.VolumeSize;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights under the published checkpoints' names, as the reference files hold them. */
class WeightsCommandTest {

    private static final String RFNET = "rfnet-zeros.npz";
    private static final String MMFORMER = "mmformer-reflect.npz";

    @TempDir private Path folder;
    private final CommandHarness gss = new CommandHarness();

    @Test
    void everyArrayOfRfNetHasItsPlace() throws IOException {
        assertThat(gss.run("weights", weights(RFNET, "module.", list -> {}).toString())).isZero();

        assertThat(gss.errLines()).isEmpty();
        assertThat(gss.out().lines())
                .containsExactly(
                        "RFNet of width 4 with 4 classes: 667985 weights in 288 arrays, each in its"
                                + " place");
    }

    @Test
    void whatMmFormerNeverUsesIsToldAndLeftOut() throws IOException {
        Path file = weights(MMFORMER, "", list -> {});

        assertThat(gss.run("weights", file.toString(), "--model.heads=4")).isZero();

        assertThat(gss.out().lines())
                .containsExactly(
                        "mmFormer of width 2 with 4 classes: 509262 weights in 279 arrays, each in"
                                + " its place",
                        "Left out, since the network never uses them: flair_decode_conv.weight,"
                                + " flair_decode_conv.bias, t1ce_decode_conv.weight,"
                                + " t1ce_decode_conv.bias, t1_decode_conv.weight,"
                                + " t1_decode_conv.bias, t2_decode_conv.weight,"
                                + " t2_decode_conv.bias");
    }

    @ParameterizedTest
    @CsvSource({RFNET, MMFORMER})
    void theWayInAndOutAgainChangesNoBit(String name) throws IOException {
        Path file = weights(name, "module.", list -> {});
        Path run = folder.resolve("run");

        int code =
                name.equals(RFNET)
                        ? gss.run("weights", file.toString(), "--out", run.toString())
                        : gss.run(
                                "weights",
                                file.toString(),
                                "--out",
                                run.toString(),
                                "--model.heads=4");

        assertThat(gss.errLines()).isEmpty();
        assertThat(code).isZero();
        assertThat(gss.out()).endsWith("Run in " + run + System.lineSeparator());
        Map<String, List<Number>> brought = values(file);
        brought.keySet()
                .removeIf(array -> array.contains("_decode_conv") && !array.startsWith("multi"));
        Path checkpoint = run.resolve("checkpoints").resolve("epoch-00000.npz");
        assertThat(values(checkpoint)).isEqualTo(brought);
    }

    @Test
    void theRunHasTheSizesOfTheWeights() throws IOException {
        Path run = folder.resolve("run");
        gss.run(
                "weights",
                weights(MMFORMER, "", list -> {}).toString(),
                "--out",
                run.toString(),
                "--model.heads=4",
                "--labels=brats2023");

        RunSettings settings = RunFolder.open(run).settings();
        assertThat(settings.model().name()).isEqualTo(NetworkKind.MMFORMER);
        assertThat(settings.model().width()).contains(2);
        assertThat(settings.model().heads()).contains(4);
        assertThat(settings.model().tokenWidth()).contains(16);
        assertThat(settings.model().hiddenWidth()).contains(32);
        assertThat(settings.crop()).isEqualTo(VolumeSize.cube(32));
        assertThat(settings.description()).isEqualTo(Brats.BRATS2023);
        assertThat(run.resolve("versions.yaml")).content().contains("commandLine: \"gss weights ");
        assertThat(
                        gss.run(
                                "weights",
                                weights(RFNET, "", list -> {}).toString(),
                                "--out",
                                run.toString()))
                .isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly(
                        "gss weights: "
                                + run
                                + ": already holds a run (settings.yaml); choose another folder");
    }

    @Test
    void whatDoesNotFitIsNamed() throws IOException {
        refuses(
                weights(
                        RFNET,
                        "module.",
                        list -> replace(list, "module.t1_encoder.e2_c1.conv.bias", new Shape(7))),
                ": does not fit the network: t1_encoder.e2_c1.conv.bias: expected shape (8), got"
                        + " (7)");
        refuses(
                weights(
                        RFNET,
                        "",
                        list ->
                                list.removeIf(
                                        one -> "decoder_sep.seg_layer.bias".equals(one.getName()))),
                ": does not fit the network: missing decoder_sep.seg_layer.bias");
        refuses(
                weights(RFNET, "", list -> list.get(0).setName("decoder_sep.extra")),
                ": expected the weights of RFNet, mmFormer, U-HVED or RobustSeg under their"
                        + " published names, got arrays such as"
                        + " [decoder_fuse.RFM1.modal_fusion.0.weight_layer.0.bias,"
                        + " decoder_fuse.RFM1.modal_fusion.0.weight_layer.0.weight,"
                        + " decoder_fuse.RFM1.modal_fusion.0.weight_layer.2.bias]");
        refuses(
                weights(
                        MMFORMER,
                        "",
                        list ->
                                replace(
                                        list,
                                        "decoder_fuse.seg_layer.weight",
                                        new Shape(3, 2, 1, 1, 1))),
                ": expected weights of 4 classes as the labels have, got 3",
                "--model.heads=4");
        refuses(
                weights(MMFORMER, "", list -> replace(list, "flair_pos", new Shape(1, 9, 16))),
                ", array flair_pos: expected a cube of positions, got 9",
                "--model.heads=4");
        assertThat(gss.run("weights", "none.npz")).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly(
                        "gss weights: FILE.npz none.npz: expected a file, got nothing there");
    }

    @Test
    void headsThatDoNotDivideAreTold() throws IOException {
        assertThat(
                        gss.run(
                                "weights",
                                weights(MMFORMER, "", list -> {}).toString(),
                                "--model.heads=5"))
                .isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly(
                        "gss weights: model.tokenWidth: expected a multiple of the 5 heads, got"
                                + " 16");
    }

    private void refuses(Path file, String problem, String... options) {
        String[] args = new String[2 + options.length];
        args[0] = "weights";
        args[1] = file.toString();
        System.arraycopy(options, 0, args, 2, options.length);
        assertThat(gss.run(args)).isEqualTo(2);
        assertThat(gss.errLines()).containsExactly("gss weights: " + file + problem);
        assertThat(gss.out()).isEmpty();
    }

    private static void replace(NDList arrays, String name, Shape shape) {
        NDArray before = arrays.get(name);
        NDArray zeros = before.getManager().zeros(shape);
        zeros.setName(name);
        arrays.set(arrays.indexOf(before), zeros);
    }

    /** The weights of a reference file, with a prefix before their published names. */
    private Path weights(String name, String prefix, Consumer<NDList> change) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList weights = new NDList();
            for (NDArray array : NpzFile.read(manager, ReferenceFiles.shipped(name))) {
                if (array.getName().startsWith("w/")) {
                    array.setName(prefix + array.getName().substring(2));
                    weights.add(array);
                }
            }
            change.accept(weights);
            Path file = Files.createTempDirectory(folder, "weights").resolve("published.npz");
            try (var out = Files.newOutputStream(file)) {
                weights.encode(out, NDList.Encoding.NPZ);
            }
            return file;
        }
    }

    private static Map<String, List<Number>> values(Path file) {
        Map<String, List<Number>> values = new LinkedHashMap<>();
        try (NDManager manager = NDManager.newBaseManager()) {
            for (NDArray array : NpzFile.read(manager, file)) {
                String name = array.getName().replace("module.", "");
                values.put(name, List.of(array.toArray()));
            }
        }
        return values;
    }
}
