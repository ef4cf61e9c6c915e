/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gss verify} on the shipped reference files and on files made from them. */
class VerifyCommandTest {

    private static final String BEST = "gss-paper-best.npz";

    @TempDir private Path folder;
    private final CommandHarness gss = new CommandHarness();

    @AfterEach
    void forgetTheHome() {
        System.clearProperty(VerifyCommand.HOME);
    }

    @Test
    void theShippedNumbersComeOut() throws IOException {
        Path reference = Files.createDirectory(folder.resolve("reference"));
        try (Stream<Path> files = Files.list(ReferenceFiles.shipped(BEST).getParent())) {
            for (Path file : files.filter(f -> f.toString().endsWith(".npz")).toList()) {
                Files.copy(file, reference.resolve(file.getFileName()));
            }
        }
        System.setProperty(VerifyCommand.HOME, folder.toString());

        int exit = gss.run("verify");

        assertThat(gss.errLines()).isEmpty();
        assertThat(gss.out())
                .doesNotContain("FAIL")
                .endsWith("All 303 comparisons of 12 files on cpu are within tolerance.\n");
        assertThat(gss.out().lines().map(line -> line.replaceFirst(" .*", "")).distinct())
                .containsSubsequence(
                        "gss-paper-2d-3leaders.npz",
                        BEST,
                        "gss-paper-brats.npz",
                        "gss-paper-missing.npz",
                        "gss-paper-underflow.npz",
                        "gss-released-a.npz",
                        "gss-released-b.npz",
                        "mmformer-reflect.npz",
                        "rfnet-zeros.npz",
                        "robustseg-b.npz",
                        "uhved-b.npz",
                        "uhved-gaussians.npz");
        assertThat(exit).isZero();
    }

    @Test
    void aSingleFileInOneType() {
        assertThat(gss.run("verify", ReferenceFiles.shipped(BEST).toString(), "--type=float64"))
                .isZero();
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
                .endsWith("All 7 comparisons of 1 file on cpu are within tolerance.");
    }

    @Test
    void oneWrongNumberIsNamed() throws IOException {
        Path file =
                files().changed(
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
                .endsWith("1 of 7 comparisons of 1 file on cpu are beyond tolerance.\n");
    }

    @Test
    void oneWrongDecisionIsCounted() throws IOException {
        Path file =
                files().changed(
                                BEST,
                                arrays -> arrays.get("rule").set(new NDIndex("0, 1, 2, 3, 4"), 0));

        assertThat(gss.run("verify", file.toString(), "--type", "float32")).isEqualTo(1);
        assertThat(gss.out().lines().filter(line -> line.contains("FAIL")))
                .singleElement()
                .asString()
                .matches(".* rule .* differ +1 +0 +FAIL");
    }

    @Test
    void aMissingNumberIsNoAgreement() throws IOException {
        Path file =
                files().changed(
                                BEST,
                                arrays ->
                                        arrays.get("target")
                                                .set(new NDIndex("0, 1, 2, 3, 4"), Double.NaN));

        assertThat(gss.run("verify", file.toString(), "--type", "float64")).isEqualTo(1);
        assertThat(gss.out()).containsPattern("target .* NaN +1.0e-09 +FAIL");
    }

    @Test
    void aWrongOutputOfTheNetworkIsNamed() throws IOException {
        Path file =
                files().changed(
                                "rfnet-zeros.npz",
                                arrays ->
                                        arrays.get("out/prm_3")
                                                .set(new NDIndex("1, 2, 3, 4, 5"), 2f));

        assertThat(gss.run("verify", file.toString())).isEqualTo(1);
        assertThat(gss.out().lines().filter(line -> line.contains("FAIL")))
                .singleElement()
                .asString()
                .contains("out/prm_3", "float32", "absolute");
    }

    @Test
    void furtherOutputsOfMmFormerAreComparedToo() throws IOException {
        Path file =
                files().changed(
                                "mmformer-reflect.npz",
                                arrays -> {
                                    NDArray logits = arrays.get("out/aux_1").zerosLike();
                                    logits.setName("out/branch_logits_t2");
                                    arrays.add(logits);
                                });

        assertThat(gss.run("verify", file.toString())).isEqualTo(1);
        assertThat(gss.out().lines().filter(line -> line.contains("FAIL")))
                .singleElement()
                .asString()
                .contains("out/branch_logits_t2", "float32", "absolute");
        assertThat(gss.out())
                .endsWith("1 of 10 comparisons of 1 file on cpu are beyond tolerance.\n");
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

    private ReferenceFiles files() {
        return new ReferenceFiles(folder);
    }
}
