/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.examples.weights.NpzFile;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gss verify} on the shipped reference files and on files made from them. */
class VerifyCommandTest {

    private static final String BEST = "gss-paper-best.npz";

    @TempDir private Path folder;
    private final CommandHarness gss = new CommandHarness(new VerifyCommand());

    @AfterEach
    void forgetTheHome() {
        System.clearProperty(VerifyCommand.HOME);
    }

    @Test
    void theShippedNumbersComeOut() throws IOException {
        Path reference = Files.createDirectory(folder.resolve("reference"));
        try (Stream<Path> files = Files.list(shipped(BEST).getParent())) {
            for (Path file : files.filter(f -> f.toString().endsWith(".npz")).toList()) {
                Files.copy(file, reference.resolve(file.getFileName()));
            }
        }
        System.setProperty(VerifyCommand.HOME, folder.toString());

        int exit = gss.run("verify");

        assertThat(gss.errLines()).isEmpty();
        assertThat(gss.out())
                .doesNotContain("FAIL")
                .endsWith("All 83 comparisons of 6 files on cpu() are within tolerance.\n");
        assertThat(gss.out().lines().map(line -> line.replaceFirst(" .*", "")).distinct())
                .containsSubsequence(
                        "gss-paper-2d-3leaders.npz",
                        BEST,
                        "gss-paper-brats.npz",
                        "gss-paper-missing.npz",
                        "gss-paper-underflow.npz",
                        "rfnet-zeros.npz");
        assertThat(exit).isZero();
    }

    @Test
    void aSingleFileInOneType() {
        assertThat(gss.run("verify", shipped(BEST).toString(), "--type=float64")).isZero();
        List<String> rows = gss.out().lines().toList();

        assertThat(rows.get(0))
                .isEqualTo(
                        "file                array         shape               type     measure  "
                                + " deviation  tolerance  verdict");
        assertThat(rows.get(1))
                .isEqualTo(
                        "gss-paper-best.npz  rule          (1, 4, 8, 8, 8)     float64  differ   "
                                + "         0          0       ok");
        assertThat(rows.get(7))
                .matches(
                        "gss-paper-best.npz  grad_reverse  \\(4, 1, 4, 8, 8, 8\\)  float64"
                                + "  relative +\\d\\.\\de-1\\d +1.0e-09       ok");
        assertThat(rows)
                .hasSize(11)
                .endsWith("All 7 comparisons of 1 file on cpu() are within tolerance.");
    }

    @Test
    void oneWrongNumberIsNamed() throws IOException {
        Path file =
                changed(
                        BEST,
                        arrays -> {
                            NDArray vote = arrays.get("vote");
                            vote.set(new NDIndex("0, 1, 2, 3, 4"), 0.5);
                        });

        assertThat(gss.run("verify", file.toString(), "--type", "float64")).isEqualTo(1);
        assertThat(gss.out().lines().filter(line -> line.contains("FAIL")))
                .singleElement()
                .asString()
                .contains("changed.npz  vote ");
        assertThat(gss.out())
                .endsWith("1 of 7 comparisons of 1 file on cpu() are beyond tolerance.\n");
    }

    @Test
    void oneWrongDecisionIsCounted() throws IOException {
        Path file =
                changed(BEST, arrays -> arrays.get("rule").set(new NDIndex("0, 1, 2, 3, 4"), 0));

        assertThat(gss.run("verify", file.toString(), "--type", "float32")).isEqualTo(1);
        assertThat(gss.out().lines().filter(line -> line.contains("FAIL")))
                .singleElement()
                .asString()
                .matches(".* rule .* differ +1 +0 +FAIL");
    }

    @Test
    void aMissingNumberIsNoAgreement() throws IOException {
        Path file =
                changed(
                        BEST,
                        arrays ->
                                arrays.get("target").set(new NDIndex("0, 1, 2, 3, 4"), Double.NaN));

        assertThat(gss.run("verify", file.toString(), "--type", "float64")).isEqualTo(1);
        assertThat(gss.out()).containsPattern("target .* NaN +1.0e-09 +FAIL");
    }

    @Test
    void aWrongOutputOfTheNetworkIsNamed() throws IOException {
        Path file =
                changed(
                        "rfnet-zeros.npz",
                        arrays -> arrays.get("out/prm_3").set(new NDIndex("1, 2, 3, 4, 5"), 2f));

        assertThat(gss.run("verify", file.toString())).isEqualTo(1);
        assertThat(gss.out().lines().filter(line -> line.contains("FAIL")))
                .singleElement()
                .asString()
                .contains("out/prm_3", "float32", "absolute");
    }

    @Test
    void anArrayOfAnotherShape() throws IOException {
        refuses(
                replaced(BEST, "present", new Shape(4, 1)),
                ", array present: expected shape (1, 4), got (4, 1)");
        refuses(
                replaced(BEST, "grad_reverse", new Shape(4, 4)),
                ", array grad_reverse: expected shape (4, 1, 4, 8, 8, 8), got (4, 4)");
        refuses(
                replaced(BEST, "mask", new Shape(1, 8, 8, 8)),
                ", array mask: expected shape (1, 1, 8, 8, 8), got (1, 8, 8, 8)");
        refuses(
                replaced(BEST, "kl_reverse", new Shape(2)),
                ", array kl_reverse: expected a single value, got shape (2)");
        refuses(
                replaced(BEST, "logits", new Shape(4, 1)),
                ", array logits: expected shape (modalities, samples, at least 2 classes,"
                        + " spatial...), got (4, 1)");
        refuses(
                replaced("rfnet-zeros.npz", "out/fused", new Shape(2, 4)),
                ", array out/fused: expected shape (2, 4, 16, 16, 16), got (2, 4)");
        refuses(
                replaced("rfnet-zeros.npz", "x", new Shape(2, 4, 16, 16, 20)),
                ", array x: expected shape (B, 4, D, H, W) with D, H, W divisible by 8 and at"
                        + " least 16, got (2, 4, 16, 16, 20)");
    }

    @Test
    void valuesOutOfRange() throws IOException {
        refuses(
                replaced(BEST, "params", new Shape(4)),
                ", array params: temperature: expected a finite number above 0, got 0.0");
        refuses(
                replaced(BEST, "leads", new Shape(4, 4)),
                ", array leads: expected a leader for every class, got none for 0");
    }

    @Test
    void aMissingArray() throws IOException {
        refuses(
                changed(BEST, arrays -> arrays.removeIf(array -> "mask".equals(array.getName()))),
                ", array mask: expected it, got only logits, leads, present, params, rule, vote,"
                        + " target, kl_forward, grad_forward, kl_reverse, grad_reverse");
    }

    @Test
    void anUnknownKind() throws IOException {
        String supported =
                ": expected a reference of a supported kind: the paper's rules (kl_forward), RFNet"
                        + " (w/... with meta/heads 0); got the arrays ";
        refuses(write("loss", "grad"), supported + "loss, grad");
        refuses(
                changed("rfnet-zeros.npz", arrays -> arrays.get("meta/heads").set(new long[] {4})),
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
        byte[] whole = Files.readAllBytes(shipped(BEST));
        Files.write(half, Arrays.copyOf(whole, whole.length / 2));
        assertThat(gss.run("verify", half.toString())).isEqualTo(2);
        assertThat(gss.errLines())
                .singleElement()
                .asString()
                .startsWith("gss verify: " + half + ": expected a whole .npz archive, got: ");
    }

    @Test
    void withoutTheShippedNumbersAFileMustBeNamed() {
        assertThat(gss.run("verify")).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly(
                        "gss verify: reference numbers: expected those that ship with the program,"
                                + " found none (gss.home is not set); name a FILE or FOLDER");

        System.setProperty(VerifyCommand.HOME, folder.toString());
        assertThat(gss.run("verify")).isEqualTo(2);
        assertThat(gss.errLines().get(0))
                .contains("(nothing at " + folder.resolve("reference") + ")");
    }

    @Test
    void helpDescribesEveryOption() {
        assertThat(gss.run("verify", "--help")).isZero();
        assertThat(gss.out())
                .contains("[FILE|FOLDER]", "ship with the program.", "--device", "--type")
                .contains("Default: cpu", "Default: both");
    }

    private void refuses(Path file, String problem) {
        assertThat(gss.run("verify", file.toString())).isEqualTo(2);
        assertThat(gss.errLines()).containsExactly("gss verify: " + file + problem);
        assertThat(gss.out()).isEmpty();
    }

    private Path replaced(String name, String array, Shape shape) throws IOException {
        return changed(
                name,
                arrays -> {
                    NDArray before = arrays.get(array);
                    NDArray zeros = before.getManager().zeros(shape, before.getDataType());
                    zeros.setName(array);
                    arrays.set(arrays.indexOf(before), zeros);
                });
    }

    private Path changed(String name, Consumer<NDList> change) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList arrays = NpzFile.read(manager, shipped(name));
            change.accept(arrays);
            return encode(arrays);
        }
    }

    private Path write(String... names) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList arrays = new NDList();
            for (String name : names) {
                NDArray array = manager.zeros(new Shape(1), DataType.FLOAT64);
                array.setName(name);
                arrays.add(array);
            }
            return encode(arrays);
        }
    }

    private Path encode(NDList arrays) throws IOException {
        Path file = Files.createTempDirectory(folder, "made").resolve("changed.npz");
        try (OutputStream out = Files.newOutputStream(file)) {
            arrays.encode(out, NDList.Encoding.NPZ);
        }
        return file;
    }

    private static Path shipped(String name) {
        try {
            return Path.of(VerifyCommandTest.class.getResource("/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
