/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.util.Progress;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.imaging.segment.Cleaning;
import io.github.gssloss.imaging.segment.PredictionFile.MapType;
import io.github.gssloss.imaging.segment.WindowUse;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.TinyRun;
import io.github.gssloss.program.part.CasePart;
import io.github.gssloss.program.part.PartResult;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunWeights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seven cases, of which the third is damaged, segmented by several jobs. */
class PredictionPartsTest {

    /** With maps, so that a case is several files. */
    private static final PredictionSettings HOW =
            new PredictionSettings(
                    Optional.empty(),
                    Optional.empty(),
                    WindowUse.PLAIN,
                    Optional.of(MapType.UINT8),
                    true,
                    false,
                    new Cleaning(List.of(new Cleaning.FillHoles())));

    @TempDir private Path folder;
    private Path data;
    private Path damaged;
    private RunFolder run;

    @BeforeEach
    void phantomsAndARun() throws IOException {
        data = folder.resolve("data");
        PhantomSettings small = PhantomSettings.ofSeed(1).withShape(32, 32, 32);
        PhantomCohort.write(data, 7, small, done -> {});
        run = TinyRun.create(folder.resolve("run"), 1, Map.of());
        damaged = data.resolve("Phantom-0003/Phantom-0003_t1.nii.gz");
        byte[] whole = Files.readAllBytes(damaged);
        Files.write(damaged, Arrays.copyOf(whole, whole.length / 2));
    }

    private FolderPrediction prediction(Path out, Progress progress, boolean overwrite) {
        return new FolderPrediction(
                new PredictionRun(List.of(RunWeights.of(run, Optional.empty())), HOW, progress),
                data,
                out,
                overwrite);
    }

    private PartResult part(String words, Path out) throws IOException {
        return prediction(out, new Silent(), false).part(CasePart.of(words)).counts();
    }

    private FolderPrediction.Result collect(Path out) throws IOException {
        return prediction(out, new Silent(), false).collect();
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

    /** What a folder holds, without what begins with a dot and without seconds. */
    private static Map<String, String> content(Path out) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                String text =
                        Files.isDirectory(file)
                                ? ""
                                : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (name.endsWith(".yaml")) {
                    text = text.replaceAll("(?m)^seconds: .*$", "");
                } else if (name.equals("volumes.csv")) {
                    text = text.replaceAll("(?m),[^,]*$", "");
                }
                if (!name.startsWith(".")) {
                    content.put(name, text);
                }
            }
        }
        return content;
    }

    @Test
    void partsInAnyOrderTwoAtOnceOneKilledAndOneRepeatedGiveTheFilesOfOneMachine()
            throws Exception {
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");
        FolderPrediction.Result one = prediction(whole, new Silent(), false).segment();
        assertThat(one.problems()).singleElement().asString().contains("Phantom-0003");

        assertThat(part("4/6", parts)).isEqualTo(new PartResult(1, 0, List.of()));
        assertThatThrownBy(() -> prediction(parts, new Killed(), false).part(CasePart.of("1/6")))
                .hasMessage("killed");
        ExecutorService pool = Executors.newFixedThreadPool(2);
        Future<PartResult> first = pool.submit(() -> part("0/6", parts));
        Future<PartResult> second = pool.submit(() -> part("2/6", parts));
        assertThat(first.get()).isEqualTo(new PartResult(2, 0, List.of()));
        assertThat(second.get().problems()).isEqualTo(one.problems());
        pool.shutdown();
        assertThat(part("4/6", parts)).isEqualTo(new PartResult(1, 1, List.of()));
        assertThat(parts.resolve("volumes.csv")).doesNotExist();

        FolderPrediction.Result some = collect(parts);
        assertThat(some.counts().before()).isEqualTo(3);
        assertThat(some.problems())
                .containsExactly(
                        "case Phantom-0002: is missing, not segmented yet",
                        one.problems().get(0),
                        "case Phantom-0004: is missing, not segmented yet",
                        "case Phantom-0006: is missing, not segmented yet");
        assertThat(Files.readAllLines(parts.resolve("volumes.csv"))).hasSize(1 + 3);

        for (String rest : List.of("5/6", "1/6", "3/6")) {
            part(rest, parts);
        }
        assertThat(parts.resolve("volumes.csv")).doesNotExist();
        assertThat(collect(parts).problems()).isEqualTo(one.problems());
        assertThat(content(parts)).isEqualTo(content(whole)).hasSize(1 + 1 + 6 * (2 + 4 + 1));
        // One machine finds everything done, and makes the same table of it, seconds included.
        String table = Files.readString(parts.resolve("volumes.csv"));
        assertThat(prediction(parts, new Silent(), false).segment().counts().before()).isEqualTo(6);
        assertThat(parts.resolve("volumes.csv")).hasContent(table);
    }

    @Test
    void casesOneByOneGiveTheFilesOfOneMachine() throws IOException {
        Path whole = folder.resolve("whole");
        Path single = folder.resolve("single");
        FolderPrediction.Result one = prediction(whole, new Silent(), false).segment();
        try (CaseSegmenter cases = prediction(single, new Silent(), false).cases()) {
            Files.writeString(single.resolve("volumes.csv"), "of an earlier prediction");
            assertThat(cases.names()).hasSize(7).startsWith("Phantom-0001");
            for (String name : cases.names()) {
                assertThat(cases.segment(name, new Silent()).problem().isPresent())
                        .isEqualTo(name.equals("Phantom-0003"));
            }
            assertThat(single.resolve("volumes.csv")).doesNotExist();
            assertThat(cases.segment("Phantom-0001", new Silent()).isBefore()).isTrue();
            assertThatThrownBy(() -> cases.segment("Phantom-0009", new Silent()))
                    .hasMessage(data + ": expected a case Phantom-0009, found none");
        }
        assertThat(collect(single).problems()).isEqualTo(one.problems());
        assertThat(content(single)).isEqualTo(content(whole));
    }

    /** Two jobs that count the parts differently, or an executor that was given up too early. */
    @Test
    void aCaseThatTwoJobsSegmentAtOnceIsWhole() throws Exception {
        Path whole = folder.resolve("whole");
        Path twice = folder.resolve("twice");
        prediction(whole, new Silent(), false).part(CasePart.of("0/7"));
        ExecutorService pool = Executors.newFixedThreadPool(2);
        Future<PartResult> first = pool.submit(() -> part("0/7", twice));
        Future<PartResult> second = pool.submit(() -> part("0/9", twice));
        assertThat(first.get().problems()).isEmpty();
        assertThat(second.get().problems()).isEmpty();
        pool.shutdown();
        assertThat(content(twice)).isEqualTo(content(whole)).hasSize(1 + 1 + 4 + 1);
        assertThat(part("0/7", twice)).isEqualTo(new PartResult(1, 1, List.of()));
    }

    /** What could not be segmented is tried again, and is no failure once it could. */
    @Test
    void aFailureIsNoReasonToLeaveACaseOut() throws IOException {
        Path out = folder.resolve("out");
        PartResult failed = part("2/7", out);
        assertThat(failed.problems()).hasSize(1);
        assertThat(out.resolve("Phantom-0003.failed")).isNotEmptyFile();
        assertThat(part("2/7", out)).isEqualTo(failed);
        assertThat(collect(out).problems()).hasSize(7).contains(failed.problems().get(0));
        assertThat(out.resolve("volumes.csv")).doesNotExist();
        Files.copy(
                data.resolve("Phantom-0001/Phantom-0001_t1.nii.gz"),
                damaged,
                StandardCopyOption.REPLACE_EXISTING);
        assertThat(collect(out).problems())
                .contains("case Phantom-0003: is missing, not segmented yet");
        assertThat(part("2/7", out)).isEqualTo(new PartResult(1, 0, List.of()));
        assertThat(out.resolve("Phantom-0003.failed")).doesNotExist();
        assertThat(collect(out).counts().before()).isEqualTo(1);
    }

    /** A prediction of other weights is neither this one's nor replaced unasked. */
    @Test
    void whatIsThereIsReplacedWithOverwriteAlone() throws IOException {
        Path out = folder.resolve("out");
        part("0/7", out);
        TinyRun.addCheckpoint(run, 6, 2);
        List<String> refused = part("0/7", out).problems();
        assertThat(refused)
                .containsExactly(
                        "prediction %s: expected a new file, this one exists; --overwrite replaces it"
                                .formatted(out.resolve("Phantom-0001.yaml")));
        assertThat(collect(out).problems().get(0)).isEqualTo(refused.get(0));
        assertThat(prediction(out, new Silent(), true).collect().problems().get(0))
                .isEqualTo("case Phantom-0001: is missing, not segmented yet");
        assertThat(prediction(out, new Silent(), true).part(CasePart.of("0/7")).problems())
                .isEmpty();
        assertThat(collect(out).counts().before()).isEqualTo(1);
    }

    /** A case that is of no part, since its files cannot be told apart, is named once. */
    @Test
    void whatCannotBeUsedIsNamedByCollectAlone() throws IOException {
        Path second = data.resolve("Phantom-0007/Phantom-0007_t1.nii");
        Files.createFile(second);
        Path out = folder.resolve("out");
        assertThat(part("8/9", out)).isEqualTo(new PartResult(0, 0, List.of()));
        assertThat(collect(out).problems())
                .hasSize(7)
                .filteredOn(line -> line.contains("Phantom-0007"))
                .singleElement()
                .asString()
                .contains(second.getFileName().toString());
    }

    @Test
    void thereMayBeMorePartsThanCasesAndNothingToCollect() throws IOException {
        assertThat(part("8/9", folder.resolve("out"))).isEqualTo(new PartResult(0, 0, List.of()));
        assertThatThrownBy(() -> collect(folder.resolve("nowhere")))
                .isInstanceOf(UserInputException.class)
                .hasMessageContaining("expected the folder that the parts have left, found none");
    }
}
