/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.prediction;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.imaging.segment.PredictionFile;
import io.github.gssloss.program.config.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The files of one prediction: the segmentation, beside it {@code NAME.yaml} with what was done,
 * and the maps. The segmentation is written last: where it is, the others are.
 *
 * @param segmentation the segmentation, named {@code .nii} or {@code .nii.gz}
 */
record OutputFiles(Path segmentation) {

    private static final String KEY = "key";
    private static final String MAPS = "maps";
    private static final String PICTURES = "pictures";

    /** The name without its ending. */
    private String stem() {
        String name = name();
        return name.substring(0, name.length() - ending().length());
    }

    private String ending() {
        return name().toLowerCase(Locale.ROOT).endsWith(".nii") ? ".nii" : ".nii.gz";
    }

    private String name() {
        return String.valueOf(segmentation.getFileName());
    }

    /** What was done. */
    Path record() {
        return segmentation.resolveSibling(stem() + ".yaml");
    }

    /** The probability of a class, by its number in segmentations. */
    Path probability(int fileLabel) {
        return map("probability-" + fileLabel);
    }

    /** The entropy of the probabilities. */
    Path entropy() {
        return map("entropy");
    }

    /** The disagreement of the branches. */
    Path disagreement() {
        return map("disagreement");
    }

    /** The picture, which can fail to be drawn. */
    Path picture() {
        return segmentation.resolveSibling(stem() + "_planes.png");
    }

    private Path map(String what) {
        return segmentation.resolveSibling(stem() + "_" + what + ending());
    }

    /** The maps that settings ask for. */
    List<Path> maps(PredictionSettings settings, LabelSet labels) {
        List<Path> maps = new ArrayList<>();
        if (settings.probabilities().isPresent()) {
            labels.fileLabels().forEach(label -> maps.add(probability(label)));
        }
        if (settings.entropy()) {
            maps.add(entropy());
        }
        if (settings.disagreement()) {
            maps.add(disagreement());
        }
        return maps;
    }

    /**
     * Removes the prediction that another one replaces, its maps and its picture included: beside
     * another segmentation they would be taken for its own.
     */
    void removeFormer() throws IOException {
        Files.deleteIfExists(segmentation);
        List<String> former =
                read().stream()
                        .flatMap(one -> Stream.of(MAPS, PICTURES).map(one::path))
                        .flatMap(JsonNode::valueStream)
                        .map(JsonNode::asString)
                        .filter(name -> name.startsWith(stem() + "_"))
                        // The record may be a stranger's: no name leads to another folder.
                        .filter(name -> !name.contains("/") && !name.contains("\\"))
                        .toList();
        for (String name : former) {
            Files.deleteIfExists(segmentation.resolveSibling(name));
        }
    }

    /**
     * Checks that the files can be written: none is one of the case's own, and none is there,
     * unless it may be replaced or is what this program left unfinished.
     *
     * @throws UserInputException that names the first that cannot
     */
    void check(
            CaseFiles files,
            PredictionSettings settings,
            LabelSet labels,
            List<Path> further,
            boolean overwrite) {
        // First, since the other names are made of this one.
        PredictionFile.check(segmentation, files);
        boolean unfinished = !isThere(segmentation) && read().isPresent();
        List<Path> all = maps(settings, labels);
        all.forEach(map -> PredictionFile.check(map, files));
        all.addAll(further);
        all.add(0, record());
        all.add(segmentation);
        for (Path file : all) {
            if (!overwrite && !unfinished && isThere(file)) {
                throw new UserInputException(
                        "prediction %s: expected a new file, this one exists; --overwrite replaces"
                                        .formatted(file)
                                + " it");
            }
        }
    }

    private static boolean isThere(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether the prediction of a key is there, whole. */
    boolean isFinished(String key) {
        return isThere(segmentation) && hasKey(key);
    }

    /** Whether the record that is there is of a key. */
    boolean hasKey(String key) {
        return read().filter(one -> one.path(KEY).asString("").equals(key)).isPresent();
    }

    /** Reads the record of a prediction; empty where there is none of ours. */
    Optional<JsonNode> read() {
        try {
            JsonNode found = Yaml.MAPPER.readTree(Files.readString(record()));
            return Optional.of(found).filter(one -> one.has(KEY));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }
}
