/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import ai.djl.util.Progress;
import io.github.gssloss.files.StopSignal;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.files.WholeFile;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.DatasetKind;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.imaging.prepare.CaseCache;
import io.github.gssloss.imaging.prepare.CasePreparation;
import io.github.gssloss.program.config.CohortSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.io.file.PathUtils;

/**
 * The cases that an experiment trains and evaluates on: a user's folders, or phantoms made once.
 */
final class CaseFolders {

    private final ExperimentFolder folder;
    private final Path cache;
    private final DataDescription description;
    private final Map<String, CohortSource> sources = new LinkedHashMap<>();

    /**
     * Checks the sources.
     *
     * @throws UserInputException if phantoms cannot be made so
     */
    CaseFolders(
            ExperimentFolder folder,
            Path cache,
            DataDescription description,
            CohortSource data,
            CohortSource evaluate) {
        this.folder = folder;
        this.description = description;
        this.cache = cache;
        sources.put("data", data);
        sources.put("evaluate", evaluate);
        sources.values().forEach(source -> source.phantoms().ifPresent(CaseFolders::settings));
    }

    /** The folder of the cases. */
    Path path(String purpose) {
        return sources.get(purpose)
                .folder()
                .map(Path::of)
                .orElseGet(() -> folder.phantoms(purpose));
    }

    /** The cases to train on, with all their files. */
    List<CaseFiles> training() {
        return cases("data");
    }

    /** The cases in words, for people. */
    String words(String purpose) {
        CohortSource source = sources.get(purpose);
        return source.folder().orElseGet(() -> words(source.phantoms().get()));
    }

    /** What each case is made of, by name: the key changes with the case's files. */
    SortedMap<String, String> keys(String purpose) {
        CaseCache keyed = new CaseCache(cache, new CasePreparation(keyed(), 1));
        SortedMap<String, String> keys = new TreeMap<>();
        cases(purpose).forEach(one -> keys.put(one.name(), keyed.key(one)));
        return keys;
    }

    /** Of BraTS one description for all years: earlier versions recorded such keys. */
    private DataDescription keyed() {
        return description.kind() == DatasetKind.BRATS ? Brats.BRATS2020 : description;
    }

    private static String words(CohortSource.Phantoms source) {
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

    private static PhantomSettings settings(CohortSource.Phantoms source) {
        PhantomSettings usual = PhantomSettings.ofSeed(source.seed().orElse(0L));
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
     * @throws UserInputException if a folder has no cases, or one to train on has no image or no
     *     segmentation
     */
    void prepare(Progress progress) throws IOException {
        for (Map.Entry<String, CohortSource> source : sources.entrySet()) {
            if (source.getValue().phantoms().isPresent()) {
                make(source.getValue().phantoms().get(), path(source.getKey()), progress);
            }
        }
        cases("data").forEach(CaseFiles::requireLabelled);
        cases("evaluate").forEach(CaseFiles::requireSegmentation);
    }

    /** Whether anything else may be left out the command decides. */
    private List<CaseFiles> cases(String purpose) {
        return Cohort.find(path(purpose), description).requireAll(true).cases();
    }

    /** Made aside and renamed: a folder that is there is whole. */
    private static void make(CohortSource.Phantoms source, Path out, Progress progress)
            throws IOException {
        if (Files.isDirectory(out)) {
            return;
        }
        Path aside = out.resolveSibling("." + out.getFileName() + ".making");
        if (Files.exists(aside)) {
            PathUtils.deleteDirectory(aside);
        }
        progress.reset("Making phantoms", source.subjects());
        PhantomCohort.write(
                aside,
                source.subjects(),
                settings(source),
                done -> {
                    StopSignal.check();
                    progress.update(done);
                });
        progress.end();
        WholeFile.rename(aside, out);
    }
}
