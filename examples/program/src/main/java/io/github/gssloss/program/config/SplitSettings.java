/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Splits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which cases of the data folder a run is trained on, the others being validated on.
 *
 * @param fold which fold's validation cases are left out of the training, from 0
 * @param file a file as nnU-Net's {@code splits_final.json}; empty: that of the data folder, or
 *     drawn folds where it has none
 * @param folds how many folds are drawn, where there is no file
 * @param seed the seed of drawn folds; empty: 0, whatever the seed of the run is
 */
public record SplitSettings(
        int fold, Optional<String> file, Optional<Integer> folds, Optional<Long> seed) {

    /** The name of nnU-Net's file. */
    private static final String STANDARD = "splits_final.json";

    private static final int FOLDS = 5;

    /**
     * Checks that folds are drawn or read.
     *
     * @param fold which fold
     * @param file a file of splits
     * @param folds how many folds are drawn
     * @param seed the seed of drawn folds
     * @throws IllegalArgumentException if there is a file and a number of folds
     */
    public SplitSettings {
        if (file.isPresent()) {
            folds.ifPresent(n -> Check.that(false, "folds", "nothing beside a file", n));
            seed.ifPresent(n -> Check.that(false, "seed", "nothing beside a file", n));
        }
    }

    /**
     * The cases of a fold.
     *
     * @param training the cases to train on
     * @param validation the cases to validate on
     */
    public record Parts(List<CaseFiles> training, List<CaseFiles> validation) {}

    /**
     * Divides the cases of a folder.
     *
     * @param cases all cases of the folder
     * @param data the folder
     * @return the cases of the fold
     * @throws io.github.gssloss.files.UserInputException if the file cannot be read or names a case
     *     that is not there, there is no such fold, or fewer cases than folds
     */
    public Parts divide(List<CaseFiles> cases, Path data) {
        List<String> names = cases.stream().map(CaseFiles::name).toList();
        Splits.Split split =
                source(data)
                        .map(Splits::read)
                        .map(read -> read.requireKnown(names, data.toString()))
                        .orElseGet(() -> Splits.drawn(names, folds.orElse(FOLDS), seed.orElse(0L)))
                        .split(fold);
        return new Parts(only(cases, split.train()), only(cases, split.validation()));
    }

    /**
     * Says where the folds come from.
     *
     * @param data the data folder
     * @return for example {@code fold 0 of 5 drawn by seed 0}
     */
    public String words(Path data) {
        return source(data)
                .map(read -> "fold %d of %s".formatted(fold, read))
                .orElse(
                        "fold %d of %d drawn by seed %d"
                                .formatted(fold, folds.orElse(FOLDS), seed.orElse(0L)));
    }

    private Optional<Path> source(Path data) {
        return file.map(Path::of)
                .or(
                        () ->
                                Optional.of(data.resolve(STANDARD))
                                        .filter(one -> folds.isEmpty() && Files.exists(one)));
    }

    private static List<CaseFiles> only(List<CaseFiles> cases, Set<String> names) {
        return cases.stream().filter(one -> names.contains(one.name())).toList();
    }
}
