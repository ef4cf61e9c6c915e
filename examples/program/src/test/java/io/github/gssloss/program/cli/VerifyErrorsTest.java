/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.networks.mmformer.MmFormer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gss verify} on files that are none, or do not fit together: one line, exit code 2. */
class VerifyErrorsTest {

    private static final String BEST = "gss-paper-best.npz";

    @TempDir private Path folder;
    private final CommandHarness gss = new CommandHarness();

    @Test
    void anArrayOfAnotherShape() throws IOException {
        refuses(
                files().replaced(BEST, "present", new Shape(4, 1)),
                ", array present: expected shape (1, 4), got (4, 1)");
        refuses(
                files().replaced(BEST, "grad_reverse", new Shape(4, 4)),
                ", array grad_reverse: expected shape (4, 1, 4, 8, 8, 8), got (4, 4)");
        refuses(
                files().replaced(BEST, "mask", new Shape(1, 8, 8, 8)),
                ", array mask: expected shape (1, 1, 8, 8, 8), got (1, 8, 8, 8)");
        refuses(
                files().replaced(BEST, "kl_reverse", new Shape(2)),
                ", array kl_reverse: expected a single value, got shape (2)");
        refuses(
                files().replaced(BEST, "logits", new Shape(4, 1)),
                ", array logits: expected shape (modalities, samples, at least 2 classes,"
                        + " spatial...), got (4, 1)");
        refuses(
                files().replaced("rfnet-zeros.npz", "out/fused", new Shape(2, 4)),
                ", array out/fused: expected shape (2, 4, 16, 16, 16), got (2, 4)");
        refuses(
                files().replaced("rfnet-zeros.npz", "x", new Shape(2, 4, 16, 16, 20)),
                ", array x: expected shape (B, 4, D, H, W) with D, H, W divisible by 8 and at"
                        + " least 16, got (2, 4, 16, 16, 20)");
    }

    @Test
    void anArrayOfANetworkThatDoesNotFit() throws IOException {
        String mmformer = "mmformer-reflect.npz";
        refuses(
                files().replaced(mmformer, "x", new Shape(1, 4, 32, 32, 48)),
                ", array x: expected shape (B, 4, D, H, W) with D, H, W of 32, 16 times the patch"
                        + " size 2, got (1, 4, 32, 32, 48)");
        refuses(
                files().replaced(mmformer, "present", new Shape(4)),
                ", array present: expected shape (1, 4), got (4)");
        refuses(
                files().replaced(mmformer, "w/flair_pos", new Shape(1, 9, 16)),
                ", array flair_pos: expected a cube of positions, got 9");
        refuses(
                files().replaced(mmformer, "w/flair_encoder.e1_c1.weight", new Shape(2)),
                ", array flair_encoder.e1_c1.weight: expected 5 axes, got shape (2)");
        refuses(
                files().replaced(mmformer, "w/t2_pos", new Shape(1, 8, 17)),
                ": does not fit the network: t2_pos: expected shape (1, 8, 16), got (1, 8, 17)");
        refuses(
                files().changed(mmformer, arrays -> arrays.get("meta/heads").set(new long[] {3})),
                ": expected the weights of a network, got tokenWidth: expected a positive multiple"
                        + " of the 3 heads, got 16");
        refuses(
                files().changed(
                                mmformer,
                                arrays -> {
                                    NDArray further = arrays.get("out/aux_1").duplicate();
                                    further.setName("out/aux_5");
                                    arrays.add(further);
                                }),
                ", array out/aux_5: expected one of the outputs "
                        + String.join(
                                ", ", MmFormer.builder().setClasses(4).build().outputNames()));
        refuses(
                files().changed(
                                "rfnet-zeros.npz",
                                arrays ->
                                        arrays.get("w/decoder_fuse.seg_layer.weight")
                                                .setName("w/no")),
                ": does not fit the network: missing decoder_fuse.seg_layer.weight");
    }

    @Test
    void valuesOutOfRange() throws IOException {
        refuses(
                files().replaced(BEST, "params", new Shape(4)),
                ", array params: temperature: expected a number from 0.001 to 1000.0, got 0.0");
        refuses(
                files().replaced(BEST, "leads", new Shape(4, 4)),
                ", array leads: expected a leader for every class, got none for 0");
    }

    @Test
    void aMissingArray() throws IOException {
        refuses(
                files().changed(
                                BEST,
                                arrays -> arrays.removeIf(array -> "mask".equals(array.getName()))),
                ", array mask: expected it, got only logits, leads, present, params, rule, vote,"
                        + " target, kl_forward, grad_forward, kl_reverse, grad_reverse");
    }

    @Test
    void anUnknownKind() throws IOException {
        String supported =
                ": expected a reference of a supported kind: the paper's rules (kl_forward), the"
                        + " released rules (loss without leads), RFNet (w/... with meta/heads 0),"
                        + " mmFormer (w/... with meta/heads 1 or more); got the arrays ";
        refuses(files().write("x", "grad"), supported + "x, grad");
        refuses(files().write("loss", "grad"), ", array logits: expected it, got only loss, grad");
        refuses(
                files().changed(
                                "rfnet-zeros.npz",
                                arrays -> arrays.get("meta/heads").set(new long[] {-1})),
                supported
                        + "x, present, out/fused, out/branch_prob_flair, out/branch_prob_t1ce,"
                        + " out/branch_prob_t1, out/branch_prob_t2, out/prm_1, out/prm_2,"
                        + " out/prm_3, out/prm_4, out/branch_logits_flair,"
                        + " out/branch_logits_t1ce, out/branch_logits_t1, out/branch_logits_t2,"
                        + " meta/reflect, meta/heads and 288 weights w/...");
    }

    @Test
    void nothingToVerify() throws IOException {
        Path missing = folder.resolve("none.npz");
        refuses(missing, ": expected an .npz file, found none");
        refuses(folder, ": expected .npz files in it, found none");

        Path half = folder.resolve("half.npz");
        byte[] whole = Files.readAllBytes(ReferenceFiles.shipped(BEST));
        Files.write(half, Arrays.copyOf(whole, whole.length / 2));
        assertThat(gss.run("verify", half.toString())).isEqualTo(2);
        assertThat(gss.errLines())
                .singleElement()
                .asString()
                .startsWith("gss verify: " + half + ": expected a whole .npz archive, got: ");
    }

    private void refuses(Path file, String problem) {
        assertThat(gss.run("verify", file.toString())).isEqualTo(2);
        assertThat(gss.errLines()).containsExactly("gss verify: " + file + problem);
        assertThat(gss.out()).isEmpty();
    }

    private ReferenceFiles files() {
        return new ReferenceFiles(folder);
    }
}
