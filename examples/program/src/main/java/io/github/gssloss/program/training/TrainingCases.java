/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import ai.djl.util.Progress;
import io.github.gssloss.files.CacheFolder;
import io.github.gssloss.files.Counted;
import io.github.gssloss.files.StopSignal;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.imaging.dataset.HiddenModalities;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.prepare.CaseCache;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.prepare.TrainedSpacing;
import io.github.gssloss.imaging.sample.Augmentation;
import io.github.gssloss.imaging.sample.CropDataset;
import io.github.gssloss.program.config.CommandWords;
import io.github.gssloss.program.config.LossPreset;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.config.SplitSettings;
import io.github.gssloss.program.runfolder.RunCases;
import io.github.gssloss.program.runfolder.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The cases of a training and those of its validation: found first, then opened. */
final class TrainingCases {

    private final RunSettings settings;
    private final Path data;
    private final Path cacheFolder;
    private final CaseCache cache;
    private final HiddenModalities hidden;
    private final List<CaseFiles> training;
    private final Optional<List<CaseFiles>> validation;
    private boolean skipsUnknown;

    private List<PreparedCase> trained = List.of();
    private Optional<List<PreparedCase>> validated = Optional.empty();

    /**
     * Finds the cases, checks that they can be trained on, and hides what is to be hidden. Whether
     * anything else may be left out the commands decide.
     *
     * @param before the cases that a run began with, whose hidden modalities are hidden again;
     *     empty for a new run
     */
    TrainingCases(RunSettings settings, Path data, Path cacheFolder, Optional<RunCases> before) {
        this.settings = settings;
        this.data = data;
        this.cacheFolder = cacheFolder;
        cache = new CaseCache(cacheFolder, settings.preparation());
        List<CaseFiles> found = labelled(data);
        Optional<SplitSettings.Parts> parts =
                settings.split().map(split -> split.divide(found, data));
        hidden =
                before.map(
                                cases ->
                                        HiddenModalities.ofLabels(
                                                cases.hidden(),
                                                settings.description().modalities()))
                        .orElseGet(
                                () ->
                                        settings.hidden(
                                                parts.map(SplitSettings.Parts::training)
                                                        .orElse(found)));
        training = hidden.hide(parts.map(SplitSettings.Parts::training).orElse(found));
        validation =
                parts.map(SplitSettings.Parts::validation)
                        .or(() -> settings.validation().map(folder -> labelled(Path.of(folder))));
        requireSome();
        refuseReleased();
    }

    private void requireSome() {
        if (training.isEmpty() || validation.filter(List::isEmpty).isPresent()) {
            throw new UserInputException(
                    "split: expected cases to train and to validate on, got %d and %d"
                            .formatted(training.size(), validation.map(List::size).orElse(0)));
        }
    }

    /** Which of the folder's cases are trained on; nothing where all are. */
    Optional<String> split() {
        return settings.split()
                .map(
                        split ->
                                "%s: %s to train on, %d to validate on"
                                        .formatted(
                                                split.words(data),
                                                Counted.of(training.size(), "case"),
                                                validation.map(List::size).orElse(0)));
    }

    private List<CaseFiles> labelled(Path folder) {
        Cohort found = Cohort.find(folder, settings.description()).requireAll(true);
        skipsUnknown |= !found.skipped().isEmpty();
        return found.cases().stream().map(CaseFiles::requireLabelled).toList();
    }

    /** The released edition of the method does not know modalities that are missing. */
    private void refuseReleased() {
        if (settings.loss().preset() == LossPreset.RELEASED) {
            Cohort.gaps(training)
                    .ifPresent(
                            gaps -> {
                                throw new UserInputException(
                                        "loss.preset: expected another where cases lack modalities,"
                                                + " got released: "
                                                + gaps);
                            });
        }
    }

    /** What the cases lack, in lines for their user; none where all are complete. */
    List<String> gaps() {
        List<String> lines = new ArrayList<>();
        String words = hidden.byCase().isEmpty() ? "" : "; hidden from " + hidden.byCase().size();
        Cohort.gaps(training).ifPresent(gaps -> lines.add("missing  " + gaps + words));
        validation
                .flatMap(Cohort::gaps)
                .ifPresent(
                        gaps ->
                                lines.add(
                                        "warning: of the validation "
                                                + gaps
                                                + "; each is validated with all that it has"));
        for (Modality modality : settings.description().modalities()) {
            if (training.stream().noneMatch(one -> one.images().containsKey(modality))) {
                lines.add(
                        "warning: no case to train on has %s: what the network makes of it is not"
                                        .formatted(modality.label())
                                + " trained");
            }
        }
        return lines;
    }

    /** The number of cases to learn from. */
    int count() {
        return training.size();
    }

    /** What the cases are made of. */
    RunCases record() {
        return new RunCases(
                keys(training),
                validation.map(this::keys).orElseGet(TreeMap::new),
                settings.preparation().record().fields(),
                incomplete(),
                hidden.labels(),
                TrainedSpacing.of(settings.preparation(), training));
    }

    private SortedMap<String, String> incomplete() {
        SortedMap<String, String> incomplete = new TreeMap<>();
        training.stream()
                .filter(one -> !one.hasAllImages())
                .forEach(one -> incomplete.put(one.name(), one.modalityText()));
        return incomplete;
    }

    private SortedMap<String, String> keys(List<CaseFiles> cases) {
        SortedMap<String, String> keys = new TreeMap<>();
        cases.forEach(one -> keys.put(one.name(), cache.key(one)));
        return keys;
    }

    /**
     * Checks that they are the cases that a run began with.
     *
     * @param before what the run recorded of them
     * @param notes takes a line where that cannot be known
     * @throws UserInputException if they are not
     */
    void checkSame(RunFolder run, RunCases before, Consumer<String> notes) {
        Optional<String> difference = before.difference(record());
        if (difference.isPresent()) {
            throw new UserInputException(
                    "%s: cannot go on with %s: %s".formatted(run.path(), data, difference.get()));
        }
        if (!before.comparable()) {
            notes.accept(
                    run.path()
                            + ": an earlier version began it and kept no checksums of its cases:"
                            + " only their names were compared");
        }
    }

    /** Reads what has changed of the files of the cases. */
    void look(Progress progress) {
        List<CaseFiles> all = new ArrayList<>(training);
        validation.ifPresent(all::addAll);
        progress.reset("Reading cases", all.size());
        cache.announce(
                all, settings.workers(), done -> progress.update(done, all.get(done - 1).name()));
        progress.end();
    }

    /** Prepares the cases or takes them from the cache. */
    void open(Progress progress) {
        trained = open(training, progress);
        validated = validation.map(files -> open(files, progress));
    }

    private List<PreparedCase> open(List<CaseFiles> files, Progress progress) {
        progress.reset("Preparing cases", files.size());
        List<PreparedCase> opened =
                cache.openAll(
                        files,
                        settings.workers(),
                        (done, total, name) -> {
                            StopSignal.check();
                            progress.update(done, name);
                        });
        progress.end();
        return opened;
    }

    /** The crops of the training cases, opened before. */
    CropDataset crops() {
        CropDataset.Builder crops =
                CropDataset.builder()
                        .setCases(trained)
                        .setCrop(settings.crop().sides())
                        .setBatchSize(settings.batch())
                        .setIterations(settings.iterations())
                        .optSeed(settings.seed())
                        .optAugmentation(
                                settings.augment() ? Augmentation.PAPER : Augmentation.NONE)
                        .optForegroundFraction(settings.foregroundFraction())
                        .optSubsetDraw(settings.subsetDraw());
        settings.foregroundDraw().ifPresent(crops::optForegroundDraw);
        return crops.build();
    }

    /** The cases of the validation, opened before; empty where the settings want none. */
    Optional<List<PreparedCase>> validation() {
        return validated;
    }

    /** The command that goes on with a run. */
    String howToResume(RunFolder run) {
        List<String> words = new ArrayList<>(List.of("gss", "train"));
        words.addAll(List.of("--resume", run.path().toString(), "--data", data.toString()));
        Path inRun = run.path().resolve(CacheFolder.IN_RUN);
        if (!List.of(CacheFolder.standard(), inRun).contains(cacheFolder)) {
            words.addAll(List.of("--cache", cacheFolder.toString()));
        }
        if (skipsUnknown) {
            words.add("--skip-unknown");
        }
        return CommandWords.line(words.stream());
    }
}
