/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.nifti.NiftiImage;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.TinyRun;
import io.github.gssloss.program.part.CasePart;
import io.github.gssloss.program.part.PartResult;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationPartsTest {

    private static final List<String> TABLES =
            List.of("scores.csv", "summary.md", "summary.csv", "evaluation.yaml");
    private static final EvaluationSettings HOW =
            new EvaluationSettings(
                    List.of(Brats.BRATS2020.all(), Brats.BRATS2020.subset("flair+t2")), 0);

    @TempDir private Path folder;
    private Path data;
    private RunFolder run;

    @BeforeEach
    void phantomsAndARun() throws IOException {
        data = folder.resolve("data");
        PhantomSettings small = PhantomSettings.ofSeed(1).withShape(32, 32, 32);
        PhantomCohort.write(data, 7, small, done -> {});
        run = TinyRun.create(folder.resolve("run"), 1, Map.of());
        // One that cannot be evaluated: every part and one machine say so in the same words.
        Path seg = data.resolve("Phantom-0003/Phantom-0003_seg.nii.gz");
        NiftiImage labels = NiftiReader.read(seg);
        float[] unknown = labels.data().clone();
        unknown[0] = 3;
        NiftiWriter.write(seg, labels.header(), unknown);
    }

    private EvaluationRun evaluation(Silent progress) {
        return new EvaluationRun(run, Optional.empty(), HOW, progress);
    }

    private PartResult part(String words, Path out) throws IOException {
        return evaluation(new Silent())
                .part(CasePart.of(words), data, out, folder.resolve("cache"));
    }

    private EvaluationResult collect(Path out) throws IOException {
        return evaluation(new Silent()).collect(data, out, folder.resolve("cache"));
    }

    /** Ends the work in the middle of a case. */
    private static final class Killed extends Silent {

        @Override
        public void update(long progress, String message) {
            if (message.startsWith("Phantom-0002, window 2")) {
                throw new IllegalStateException("killed");
            }
        }
    }

    @Test
    void partsInAnyOrderTwoAtOnceOneKilledAndOneRepeatedGiveTheTablesOfOneMachine()
            throws Exception {
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");
        EvaluationResult one =
                evaluation(new Silent()).evaluate(data, whole, folder.resolve("cache"));

        assertThat(part("4/6", parts)).isEqualTo(new PartResult(1, 0, List.of()));
        assertThatThrownBy(
                        () ->
                                evaluation(new Killed())
                                        .part(
                                                new CasePart(1, 6),
                                                data,
                                                parts,
                                                folder.resolve("cache")))
                .hasMessage("killed");
        ExecutorService pool = Executors.newFixedThreadPool(2);
        Future<PartResult> first = pool.submit(() -> part("0/6", parts));
        Future<PartResult> second = pool.submit(() -> part("2/6", parts));
        assertThat(first.get()).isEqualTo(new PartResult(2, 0, List.of()));
        assertThat(second.get().problems()).isEqualTo(one.problems()).hasSize(1);
        pool.shutdown();
        assertThat(part("4/6", parts)).isEqualTo(new PartResult(1, 1, List.of()));

        EvaluationResult some = collect(parts);
        assertThat(some.table().orElseThrow().cases()).isEqualTo(3);
        List<String> missing = new ArrayList<>();
        missing.add("case Phantom-0002: is missing, not evaluated yet");
        missing.addAll(one.problems());
        missing.add("case Phantom-0004: is missing, not evaluated yet");
        missing.add("case Phantom-0006: is missing, not evaluated yet");
        assertThat(some.problems()).containsExactlyElementsOf(missing);

        for (String rest : List.of("5/6", "1/6", "3/6")) {
            part(rest, parts);
        }
        assertThat(parts.resolve("scores.csv")).doesNotExist();
        assertThat(collect(parts).problems()).isEqualTo(one.problems());
        for (String table : TABLES) {
            assertThat(parts.resolve(table)).hasSameBinaryContentAs(whole.resolve(table));
        }
        assertThat(parts.resolve("overlay-Phantom-0007.png")).isNotEmptyFile();
    }

    @Test
    void casesOneByOneGiveTheTablesOfOneMachine() throws IOException {
        Path whole = folder.resolve("whole");
        Path single = folder.resolve("single");
        EvaluationResult one =
                evaluation(new Silent()).evaluate(data, whole, folder.resolve("cache"));
        try (CaseEvaluator cases =
                evaluation(new Silent()).cases(data, single, folder.resolve("cache"))) {
            Files.writeString(single.resolve("scores.csv"), "of an earlier evaluation");
            assertThat(cases.names()).hasSize(7).startsWith("Phantom-0001");
            for (String name : cases.names()) {
                assertThat(cases.evaluate(name, new Silent()))
                        .hasSize(name.equals("Phantom-0003") ? 0 : 6);
            }
            assertThat(single.resolve("scores.csv")).doesNotExist();
            Path first = single.resolve("cases/Phantom-0001.csv");
            FileTime before = Files.getLastModifiedTime(first);
            assertThat(cases.evaluate("Phantom-0001", new Silent())).hasSize(6);
            assertThat(Files.getLastModifiedTime(first)).isEqualTo(before);
            assertThatThrownBy(() -> cases.evaluate("Phantom-0009", new Silent()))
                    .hasMessage(data + ": expected a case Phantom-0009, found none");
        }
        assertThat(collect(single).problems()).isEqualTo(one.problems());
        for (String table : TABLES) {
            assertThat(single.resolve(table)).hasSameBinaryContentAs(whole.resolve(table));
        }
    }

    @Test
    void aComparisonIsCollectedLikeTheRest() throws IOException {
        PathUtils.deleteDirectory(data.resolve("Phantom-0003"));
        RunFolder other = TinyRun.create(folder.resolve("other"), 2, Map.of());
        Path cache = folder.resolve("cache");
        RunComparison comparison = new RunComparison(List.of(run, other), HOW, new Silent());
        comparison.evaluate(data, folder.resolve("whole"), cache);
        Path parts = folder.resolve("parts");
        for (int part = 0; part < 2; part++) {
            assertThat(comparison.part(new CasePart(part, 2), data, parts, cache))
                    .containsOnlyKeys("run", "other")
                    .containsEntry("other", new PartResult(3, 0, List.of()));
        }
        assertThat(comparison.collect(data, parts, cache).problems()).isEmpty();
        assertThat(parts.resolve("comparison.csv"))
                .hasSameBinaryContentAs(folder.resolve("whole/comparison.csv"));
        assertThat(parts.resolve("other/scores.csv"))
                .hasSameBinaryContentAs(folder.resolve("whole/other/scores.csv"));
    }

    /** The decisions of branches are drawn of a single network alone. */
    @Test
    void aMeanOfSeveralNetworksIsCollectedLikeTheRest() throws IOException {
        RunFolder other = TinyRun.create(folder.resolve("other"), 2, Map.of());
        List<RunWeights> both =
                Stream.of(run, other).map(one -> RunWeights.of(one, Optional.empty())).toList();
        Path cache = folder.resolve("cache");
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");
        EvaluationRun mean = new EvaluationRun(both, HOW, new Silent());
        EvaluationResult one = mean.evaluate(data, whole, cache);
        assertThat(mean.part(new CasePart(1, 2), data, parts, cache))
                .isEqualTo(new PartResult(3, 0, List.of()));
        assertThat(mean.part(new CasePart(0, 2), data, parts, cache).cases()).isEqualTo(4);
        assertThat(mean.collect(data, parts, cache).problems()).isEqualTo(one.problems());
        for (String table : TABLES) {
            assertThat(parts.resolve(table)).hasSameBinaryContentAs(whole.resolve(table));
        }
        assertThat(parts.resolve("decisions-Phantom-0001.png")).doesNotExist();
        // Of one network alone nothing was evaluated there.
        assertThat(collect(parts).table()).isEmpty();
    }

    /** What could not be evaluated is tried again, and is no failure once it could. */
    @Test
    void aFailureIsNoReasonToLeaveACaseOut() throws IOException {
        Path out = folder.resolve("out");
        assertThat(part("2/7", out).problems()).hasSize(1);
        assertThat(out.resolve("cases/Phantom-0003.failed")).isNotEmptyFile();
        assertThat(part("2/7", out)).isEqualTo(new PartResult(1, 0, part("2/7", out).problems()));
        Files.copy(
                data.resolve("Phantom-0001/Phantom-0001_seg.nii.gz"),
                data.resolve("Phantom-0003/Phantom-0003_seg.nii.gz"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThat(collect(out).problems())
                .contains("case Phantom-0003: is missing, not evaluated yet");
        assertThat(part("2/7", out)).isEqualTo(new PartResult(1, 0, List.of()));
        assertThat(out.resolve("cases/Phantom-0003.failed")).doesNotExist();
        assertThat(collect(out).table().orElseThrow().cases()).isEqualTo(1);
    }

    @Test
    void aPartIsCheckedAndThereMayBeMoreThanCases() throws IOException {
        assertThat(part("8/9", folder.resolve("out"))).isEqualTo(new PartResult(0, 0, List.of()));
        for (String wrong : List.of("6/6", "1", "-1/2", "a/b", "0/0")) {
            assertThatThrownBy(() -> CasePart.of(wrong))
                    .isInstanceOf(UserInputException.class)
                    .hasMessage(
                            "--part: expected K/N with K from 0 to below N, such as 0/6 to 5/6,"
                                    + " got "
                                    + wrong);
        }
        assertThatThrownBy(() -> collect(folder.resolve("nowhere")))
                .isInstanceOf(UserInputException.class)
                .hasMessageContaining("expected the folder that the parts have left, found none");
    }
}
