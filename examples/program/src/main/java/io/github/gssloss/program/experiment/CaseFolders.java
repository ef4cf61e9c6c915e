/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import ai.djl.util.Progress;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.config.CohortSource;
import io.github.gssloss.program.config.PhantomSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** The cases that an experiment trains and judges on: a user's folders, or phantoms made once. */
final class CaseFolders {

    private final ExperimentFolder folder;
    private final Map<String, CohortSource> sources = new LinkedHashMap<>();

    /**
     * Checks the sources.
     *
     * @throws UserInputException if phantoms cannot be made so
     */
    CaseFolders(ExperimentFolder folder, CohortSource data, CohortSource judge) {
        this.folder = folder;
        sources.put("data", data);
        sources.put("judge", judge);
        sources.values().forEach(source -> source.phantoms().ifPresent(CaseFolders::settings));
    }

    Path data() {
        return path("data");
    }

    Path judge() {
        return path("judge");
    }

    private Path path(String purpose) {
        return sources.get(purpose).folder().orElseGet(() -> folder.phantoms(purpose));
    }

    /** The cases in words, for people. */
    String words(String purpose) {
        CohortSource source = sources.get(purpose);
        return source.folder().map(Path::toString).orElseGet(() -> words(source.phantoms().get()));
    }

    private static String words(PhantomSource source) {
        PhantomSettings made = settings(source);
        return "%d phantoms of %d x %d x %d, seed %d, noise %s, bias %s, contrast %s%s"
                .formatted(
                        source.subjects(),
                        made.nx(),
                        made.ny(),
                        made.nz(),
                        made.seed(),
                        made.noise(),
                        made.bias(),
                        made.contrast(),
                        made.fractionWithoutEnhancing() == 0
                                ? ""
                                : ", a share of %s without rim"
                                        .formatted(made.fractionWithoutEnhancing()));
    }

    private static PhantomSettings settings(PhantomSource source) {
        PhantomSettings usual = PhantomSettings.ofSeed(source.seed());
        PhantomSettings imaged =
                usual.withImaging(
                                source.noise().orElse(usual.noise()),
                                source.bias().orElse(usual.bias()),
                                source.contrast().orElse(usual.contrast()))
                        .withoutEnhancing(source.withoutEnhancing().orElse(0.0));
        return source.shape()
                .map(shape -> imaged.withShape(shape.depth(), shape.height(), shape.width()))
                .orElse(imaged);
    }

    /**
     * Makes the phantoms that are not there yet and looks whether all cases can be used.
     *
     * @throws UserInputException if a folder has no cases, or one to train on is incomplete
     */
    void prepare(Progress progress) throws IOException {
        for (Map.Entry<String, CohortSource> source : sources.entrySet()) {
            if (source.getValue().phantoms().isPresent()) {
                make(source.getValue().phantoms().get(), path(source.getKey()), progress);
            }
        }
        CaseFiles.find(data()).forEach(CaseFiles::requireComplete);
        CaseFiles.find(judge()).forEach(CaseFiles::requireSegmentation);
    }

    /** Made aside and renamed: a folder that is there is whole. */
    private static void make(PhantomSource source, Path out, Progress progress) throws IOException {
        if (Files.isDirectory(out)) {
            return;
        }
        Path aside = out.resolveSibling("." + out.getFileName() + ".making");
        Trees.remove(aside);
        progress.reset("Making phantoms", source.subjects());
        PhantomCohort.write(
                aside, source.subjects(), settings(source), done -> progress.update(done));
        progress.end();
        Files.move(aside, out, StandardCopyOption.ATOMIC_MOVE);
    }
}
