/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import ai.djl.util.Progress;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.prepare.CaseCache;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.sample.Augmentation;
import io.github.gssloss.imaging.sample.CropDataset;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.runfolder.RunCases;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The cases that a training learns from and those it is validated on: found first, then opened. */
final class TrainingCases {

    private final RunSettings settings;
    private final Path data;
    private final Path cache;
    private final List<CaseFiles> training;
    private final Optional<List<CaseFiles>> validation;

    private List<PreparedCase> trained = List.of();
    private Optional<List<PreparedCase>> validated = Optional.empty();

    private TrainingCases(
            RunSettings settings,
            Path data,
            Path cache,
            List<CaseFiles> training,
            Optional<List<CaseFiles>> validation) {
        this.settings = settings;
        this.data = data;
        this.cache = cache;
        this.training = training;
        this.validation = validation;
    }

    /** Finds the cases and checks that they are complete. */
    static TrainingCases find(RunSettings settings, Path data, Path cache) {
        return new TrainingCases(
                settings,
                data,
                cache,
                Cohort.complete(data),
                settings.validation().map(folder -> Cohort.complete(Path.of(folder))));
    }

    /** The number of cases to learn from. */
    int count() {
        return training.size();
    }

    /** What the cases are made of. */
    RunCases record() {
        return new RunCases(keys(training), validation.map(this::keys).orElseGet(TreeMap::new));
    }

    private SortedMap<String, String> keys(List<CaseFiles> cases) {
        CaseCache keeper = Cohort.cache(settings, cache);
        SortedMap<String, String> keys = new TreeMap<>();
        cases.forEach(one -> keys.put(one.name(), keeper.key(one)));
        return keys;
    }

    /**
     * Checks that they are the cases that a run began with.
     *
     * @throws UserInputException if they are not
     */
    void checkSame(RunFolder run) throws IOException {
        Optional<String> difference = RunCases.read(run.cases()).difference(record());
        if (difference.isPresent()) {
            throw new UserInputException(
                    "%s: cannot go on with %s: %s".formatted(run.path(), data, difference.get()));
        }
    }

    /** Prepares the cases or takes them from the cache. */
    void open(Progress progress) {
        trained = Cohort.open(training, settings, cache, progress);
        validated = validation.map(files -> Cohort.open(files, settings, cache, progress));
    }

    /** The crops of the cases to learn from, opened before. */
    CropDataset crops() {
        return CropDataset.builder()
                .setCases(trained)
                .setCrop(settings.crop().sides())
                .setBatchSize(settings.batch())
                .setIterations(settings.iterations())
                .optSeed(settings.seed())
                .optAugmentation(settings.augment() ? Augmentation.PAPER : Augmentation.NONE)
                .optTumourFraction(settings.tumourFraction())
                .build();
    }

    /** The cases to validate on, opened before. */
    Optional<List<PreparedCase>> validation() {
        return validated;
    }

    /** The command that goes on with a run. */
    String howToResume(RunFolder run) {
        List<String> words = new ArrayList<>(List.of("gss", "train"));
        words.addAll(List.of("--resume", run.path().toString(), "--data", data.toString()));
        if (!cache.equals(run.path().resolve("cache"))) {
            words.addAll(List.of("--cache", cache.toString()));
        }
        return words.stream()
                .map(word -> word.matches("\\S+") ? word : "'" + word + "'")
                .collect(Collectors.joining(" "));
    }
}
