/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.util.Progress;
import io.github.gssloss.files.FolderLock;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.nifti.NiftiImage;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.networks.PaddingMode;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.TinyRun;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationRunTest {

    private static final List<String> TABLES = List.of("scores.csv", "summary.md", "summary.csv");
    private static final EvaluationSettings TWO =
            new EvaluationSettings(
                    List.of(Brats.BRATS2020.all(), Brats.BRATS2020.subset("flair+t2")), 0);

    @TempDir private static Path phantoms;
    @TempDir private Path folder;
    private Path data;
    private RunFolder run;

    @BeforeAll
    static void phantoms() {
        PhantomSettings small = PhantomSettings.ofSeed(1).withShape(32, 32, 32);
        PhantomCohort.write(phantoms.resolve("three"), 3, small, done -> {});
    }

    @BeforeEach
    void phantomsAndARun() throws IOException {
        data = folder.resolve("data");
        try (Stream<Path> all = Files.walk(phantoms.resolve("three"))) {
            for (Path one : all.toList()) {
                Files.copy(one, data.resolve(phantoms.resolve("three").relativize(one)));
            }
        }
        run = TinyRun.create(folder.resolve("run"), 1, Map.of());
    }

    /** Keeps the notes, and stops the work at one of them. */
    private static final class Notes extends Silent {

        private final List<String> notes = new ArrayList<>();
        private final String stopAt;

        Notes(String stopAt) {
            this.stopAt = stopAt;
        }

        @Override
        public void update(long progress, String message) {
            notes.add(message);
            if (message.startsWith(stopAt)) {
                throw new IllegalStateException("stopped");
            }
        }
    }

    @Test
    void stoppedAndStartedAgainItGivesTheSameTables() throws IOException {
        Path whole = folder.resolve("whole");
        Path stopped = folder.resolve("stopped");
        evaluate(TWO, whole, new Silent());

        assertThatThrownBy(() -> evaluate(TWO, stopped, new Notes("Phantom-0002, window 2 of")))
                .hasMessage("stopped");
        assertThat(stopped.resolve("scores.csv")).doesNotExist();
        Notes shown = new Notes("nowhere");
        EvaluationResult result = evaluate(TWO, stopped, shown);

        assertThat(shown.notes)
                .noneMatch(note -> note.startsWith("Phantom-0001"))
                .anyMatch(note -> note.startsWith("Phantom-0002, window 1 of"))
                .anyMatch(note -> note.matches("Phantom-0003, window (\\d+) of \\1"))
                .contains("Phantom-0003, drawing");
        assertThat(result.table().orElseThrow().cases()).isEqualTo(3);
        for (String table : TABLES) {
            assertThat(stopped.resolve(table)).hasSameBinaryContentAs(whole.resolve(table));
        }
        assertThat(stopped.resolve("evaluation.yaml"))
                .hasSameTextualContentAs(whole.resolve("evaluation.yaml"));
        // Once more: nothing is left to do.
        Notes again = new Notes("Phantom");
        assertThat(evaluate(TWO, stopped, again).table().orElseThrow().rows())
                .isEqualTo(result.table().orElseThrow().rows());
        assertThat(again.notes).isEmpty();
    }

    @Test
    void aPictureThatCannotBeDrawnCostsNoScores() throws IOException {
        Path out = folder.resolve("out");
        // In the way of the file that the picture is first written to.
        Path inTheWay = out.resolve("overlay-Phantom-0002.png.part");
        Files.createDirectories(inTheWay.resolve("more"));

        EvaluationResult result = evaluate(TWO, out, new Silent());

        assertThat(result.problems()).isEmpty();
        assertThat(result.table().orElseThrow().cases()).isEqualTo(3);
        assertThat(out.resolve("overlay-Phantom-0001.png")).isNotEmptyFile();
        assertThat(out.resolve("overlay-Phantom-0002.png")).doesNotExist();
    }

    @Test
    void whatWasEvaluatedOtherwiseIsEvaluatedAnew() throws IOException {
        Path out = folder.resolve("out");
        EvaluationSettings one = new EvaluationSettings(List.of(Brats.BRATS2020.all()), 0);
        List<Score> first = evaluate(one, out, new Silent()).table().orElseThrow().rows();
        TinyRun.addCheckpoint(run, 2, 2);
        List<Score> second = evaluate(one, out, new Silent()).table().orElseThrow().rows();
        assertThat(second).hasSameSizeAs(first).isNotEqualTo(first);

        // Other subsets, another overlap, a changed file and a damaged file of scores.
        ModalitySubset flair = Brats.BRATS2020.subset("flair");
        assertThat(redone(new EvaluationSettings(List.of(flair), 0), out))
                .containsExactly("1", "2", "3");
        EvaluationSettings closer = new EvaluationSettings(List.of(flair), 0.05);
        assertThat(redone(closer, out)).containsExactly("1", "2", "3");
        Path seg = data.resolve("Phantom-0002/Phantom-0002_seg.nii.gz");
        NiftiImage labels = NiftiReader.read(seg);
        NiftiWriter.write(seg, labels.header(), new byte[labels.data().length]);
        Files.writeString(out.resolve("cases/Phantom-0003.csv"), "nonsense");
        assertThat(redone(closer, out)).containsExactly("2", "3");
    }

    /** The same weights make another network where it pads otherwise. */
    @Test
    void anotherNetworksScoresAreNotReturned() throws IOException {
        Path out = folder.resolve("out");
        EvaluationSettings one = new EvaluationSettings(List.of(Brats.BRATS2020.all()), 0);
        List<Score> first = evaluate(one, out, new Silent()).table().orElseThrow().rows();
        Path weights = Checkpoints.last(run);
        String padding =
                run.settings().model().padding().orElseThrow() == PaddingMode.ZEROS
                        ? "reflect"
                        : "zeros";
        run = TinyRun.create(folder.resolve("other"), 1, Map.of("model.padding", padding));
        Files.copy(weights, Checkpoints.last(run), StandardCopyOption.REPLACE_EXISTING);

        assertThat(redone(one, out)).containsExactly("1", "2", "3");
        assertThat(evaluate(one, out, new Silent()).table().orElseThrow().rows())
                .hasSameSizeAs(first)
                .isNotEqualTo(first);
        // Another place of the same network is no other network.
        PathUtils.copyDirectory(run.path(), folder.resolve("moved"));
        run = RunFolder.open(folder.resolve("moved"));
        assertThat(redone(one, out)).isEmpty();
    }

    @Test
    void aFolderThatAnotherEvaluationWorksInIsRefused() throws IOException {
        Path out = Files.createDirectory(folder.resolve("out"));
        FolderLock.holding(
                out,
                "in use",
                () -> {
                    assertThatThrownBy(() -> evaluate(TWO, out, new Silent()))
                            .isInstanceOf(UserInputException.class)
                            .hasMessage(out + ": " + EvaluationRun.TAKEN);
                    return out;
                });
    }

    /** The numbers of the cases that an evaluation works on. */
    private List<String> redone(EvaluationSettings settings, Path out) throws IOException {
        Notes shown = new Notes("nowhere");
        evaluate(settings, out, shown);
        return shown.notes.stream()
                .filter(note -> note.endsWith("preparing"))
                .map(note -> note.substring("Phantom-000".length(), "Phantom-000".length() + 1))
                .toList();
    }

    @Test
    void casesThatCannotBeEvaluatedAreNamedAndTheOthersAreEvaluated() throws IOException {
        Path first = data.resolve("Phantom-0001");
        for (String modality : List.of("flair", "t1ce", "t1", "t2")) {
            Files.delete(first.resolve("Phantom-0001_" + modality + ".nii.gz"));
        }
        Path seg = data.resolve("Phantom-0002/Phantom-0002_seg.nii.gz");
        NiftiImage labels = NiftiReader.read(seg);
        float[] unknown = labels.data().clone();
        unknown[0] = 3;
        NiftiWriter.write(seg, labels.header(), unknown);
        Path out = folder.resolve("out");

        EvaluationResult result = evaluate(TWO, out, new Silent());

        assertThat(result.problems())
                .containsExactly(
                        "case Phantom-0001: no modality, expected at least one of flair, t1ce, t1,"
                                + " t2 as Phantom-0001_flair.nii.gz or Phantom-0001-t2f.nii.gz in "
                                + first,
                        "case Phantom-0002: segmentation holds label 3, expected one of 0, 1, 2, 4"
                                + " (brats2020)");
        assertThat(result.table().orElseThrow().rows())
                .hasSize(2 * 3)
                .allMatch(row -> row.caseName().equals("Phantom-0003"));
        assertThat(out.resolve("evaluation.yaml"))
                .content()
                .contains("segmentation holds label 3", "cases: 1", "373.13");

        Path segmentation = data.resolve("Phantom-0003/Phantom-0003_seg.nii.gz");
        Files.delete(segmentation);
        EvaluationResult none = evaluate(TWO, out, new Silent());
        assertThat(none.table()).isEmpty();
        assertThat(none.problems())
                .hasSize(3)
                .contains(
                        "case Phantom-0003: no segmentation file, expected Phantom-0003_seg.nii.gz"
                                + " in "
                                + segmentation.getParent());
        // The tables of before would be of a case that is no case any more.
        assertThat(out.resolve("scores.csv")).doesNotExist();
    }

    @Test
    void aCaseIsEvaluatedWithTheSubsetsOfWhatItHas() throws IOException {
        Files.delete(data.resolve("Phantom-0001/Phantom-0001_t1ce.nii.gz"));
        Path out = folder.resolve("out");
        EvaluationResult result = evaluate(TWO, out, new Silent());
        assertThat(result.problems()).isEmpty();
        assertThat(result.table().orElseThrow().rows())
                .filteredOn(row -> row.caseName().equals("Phantom-0001"))
                .extracting(Score::subset)
                .containsOnly(Brats.BRATS2020.subset("flair+t2"))
                .hasSize(3);
        assertThat(result.table().orElseThrow().subsets()).isEqualTo(TWO.subsets());
        assertThat(out.resolve("evaluation.yaml"))
                .content()
                .contains("Phantom-0001: \"flair+t1+t2\"");
        assertThat(Files.readAllLines(out.resolve("summary.csv")))
                .anyMatch(line -> line.startsWith("dice,●,○,○,●") && line.endsWith(",3"))
                .anyMatch(line -> line.startsWith("dice,●,●,●,●") && line.endsWith(",2"));

        EvaluationSettings needed =
                new EvaluationSettings(List.of(Brats.BRATS2020.subset("t1ce")), 0);
        assertThat(evaluate(needed, out, new Silent()).problems())
                .containsExactly(
                        "case Phantom-0001: has flair+t1+t2 alone, expected the modalities of one"
                                + " of [t1ce]");
    }

    @Test
    void aFolderWithoutCasesIsTheUsersInput() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(
                        () ->
                                new EvaluationRun(run, Optional.empty(), TWO, new Silent())
                                        .evaluate(empty, folder.resolve("out"), folder))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith("data folder " + empty + ": no case in it");
    }

    private EvaluationResult evaluate(EvaluationSettings settings, Path out, Progress progress)
            throws IOException {
        return new EvaluationRun(run, Optional.empty(), settings, progress)
                .evaluate(data, out, folder.resolve("cache"));
    }
}
