/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.DatasetKind;
import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.NnUnetFolder;
import io.github.gssloss.imaging.dataset.Region;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the cases of a run show. BraTS is known by its name; of any other data set a run keeps what
 * {@code dataset.json} said when it was begun.
 *
 * @param kind what the cases are
 * @param name a word for the data set
 * @param modalities nnU-Net: the channels in their order, with commas
 * @param labels nnU-Net: names and numbers of the classes, {@code background: 0; liver: 1}
 * @param regions nnU-Net: what is evaluated, {@code whole: liver, cancer; cancer: cancer}; empty:
 *     each class but the background
 * @param ignored nnU-Net: the number of voxels that nobody labelled; empty: there are none
 */
public record DatasetSettings(
        DatasetName kind,
        Optional<String> name,
        Optional<String> modalities,
        Optional<String> labels,
        Optional<String> regions,
        Optional<Integer> ignored) {

    private static final String KIND = "dataset.kind";

    /** The key that earlier versions wrote. */
    private static final String FORMERLY = "labels";

    /**
     * Checks that a data set is described where it has to be.
     *
     * @param kind what the cases are
     * @param name a word for the data set
     * @param modalities nnU-Net: the channels
     * @param labels nnU-Net: names and numbers of the classes
     * @param regions nnU-Net: what is evaluated
     * @param ignored nnU-Net: the number of voxels that nobody labelled
     * @throws IllegalArgumentException if a description is missing, surplus or wrong; the message
     *     names the value
     */
    public DatasetSettings {
        boolean described = kind == DatasetName.NNUNET;
        requireGiven("modalities", modalities, described);
        requireGiven("labels", labels, described);
        if (!described) {
            regions.ifPresent(got -> Check.that(false, "regions", "nothing for BraTS", got));
            ignored.ifPresent(got -> Check.that(false, "ignored", "nothing for BraTS", got));
        }
        try {
            describe(kind, name, modalities, labels, regions, ignored);
        } catch (UserInputException e) {
            // It begins with the name of the setting.
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static void requireGiven(String name, Optional<String> value, boolean described) {
        Check.that(
                value.isPresent() == described,
                name,
                described ? "a description such as that of dataset.json" : "nothing for BraTS",
                value.orElse("nothing"));
    }

    /**
     * Returns what the cases show.
     *
     * @return the description
     */
    public DataDescription description() {
        return describe(kind, name, modalities, labels, regions, ignored);
    }

    private static DataDescription describe(
            DatasetName kind,
            Optional<String> name,
            Optional<String> modalities,
            Optional<String> labels,
            Optional<String> regions,
            Optional<Integer> ignored) {
        return switch (kind) {
            case BRATS2020 -> Brats.BRATS2020;
            case BRATS2023 -> Brats.BRATS2023;
            case BRATS2015 -> Brats.BRATS2015;
            case NNUNET -> {
                LabelSet classes = classes(labels.orElseThrow(), ignored);
                yield new DataDescription(
                        DatasetKind.NNUNET,
                        name.orElse("nnunet"),
                        Modality.of(names(modalities.orElseThrow())),
                        classes,
                        regions.map(text -> regions(text, classes)).orElse(regions(classes)));
            }
        };
    }

    private static List<String> names(String list) {
        return List.of(list.strip().split("\\s*,\\s*", -1));
    }

    private static LabelSet classes(String text, Optional<Integer> ignored) {
        Map<String, String> entries = entries("labels", text, "background: 0; liver: 1");
        List<Integer> numbers = new ArrayList<>();
        for (String number : entries.values()) {
            try {
                numbers.add(Integer.valueOf(number));
            } catch (NumberFormatException e) {
                throw new UserInputException(
                        "labels: expected whole numbers, got '" + number + "'", e);
            }
        }
        return new LabelSet(
                List.copyOf(entries.keySet()),
                numbers,
                ignored.map(OptionalInt::of).orElse(OptionalInt.empty()));
    }

    private static List<Region> regions(LabelSet classes) {
        return IntStream.range(1, classes.classes())
                .mapToObj(c -> region(classes.classNames().get(c), List.of(c)))
                .toList();
    }

    private static List<Region> regions(String text, LabelSet classes) {
        List<Region> regions = new ArrayList<>();
        entries("regions", text, "whole: liver, cancer; cancer: cancer")
                .forEach(
                        (name, list) ->
                                regions.add(
                                        region(
                                                name,
                                                names(list).stream()
                                                        .map(one -> indexOf(one, classes))
                                                        .toList())));
        return regions;
    }

    private static int indexOf(String name, LabelSet classes) {
        int found = classes.classNames().indexOf(name);
        if (found < 1) {
            throw new UserInputException(
                    "regions: expected classes of %s but the first, got '%s'"
                            .formatted(classes.classNames(), name));
        }
        return found;
    }

    private static Region region(String name, List<Integer> classes) {
        return new Region(name, name, classes, false);
    }

    private static Map<String, String> entries(String key, String text, String example) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (String entry : text.split(";", -1)) {
            String[] parts = entry.split(":", -1);
            if (parts.length != 2 || entries.put(parts[0].strip(), parts[1].strip()) != null) {
                throw new UserInputException(
                        "%s: expected a list such as '%s', got '%s'".formatted(key, example, text));
            }
        }
        return entries;
    }

    /**
     * Returns the settings of a description by key.
     *
     * @param description what the cases show
     * @return the values, as {@link RunSettings#of} reads them
     */
    public static Map<String, String> values(DataDescription description) {
        Map<String, String> values = new LinkedHashMap<>();
        if (description.kind() == DatasetKind.BRATS) {
            values.put(KIND, description.name());
            return values;
        }
        LabelSet labels = description.labels();
        List<String> names = labels.classNames();
        values.put(KIND, SettingKey.settingName(DatasetName.NNUNET));
        values.put("dataset.name", description.name());
        values.put(
                "dataset.modalities",
                description.modalities().stream()
                        .map(Modality::label)
                        .collect(Collectors.joining(", ")));
        values.put(
                "dataset.labels",
                IntStream.range(0, labels.classes())
                        .mapToObj(c -> names.get(c) + ": " + labels.fileLabel(c))
                        .collect(Collectors.joining("; ")));
        if (!description.regions().equals(regions(labels))) {
            values.put(
                    "dataset.regions",
                    description.regions().stream()
                            .map(
                                    one ->
                                            one.classes().stream()
                                                    .map(names::get)
                                                    .collect(
                                                            Collectors.joining(
                                                                    ", ", one.label() + ": ", "")))
                            .collect(Collectors.joining("; ")));
        }
        labels.ignored()
                .ifPresent(number -> values.put("dataset.ignored", Integer.toString(number)));
        return values;
    }

    /**
     * Adds to settings what a folder of cases says of itself, unless they say it.
     *
     * @param values settings by dotted key, as the command line has them
     * @param data the folder of the cases
     * @return the settings with those of the data set
     * @throws UserInputException if the folder is described wrongly
     */
    public static Map<String, String> described(Map<String, String> values, Path data) {
        return described(values, Map.of(), data);
    }

    /** The same beside the settings of a file, to which nothing is added that they say. */
    static Map<String, String> described(
            Map<String, String> values, Map<String, Given> inFile, Path data) {
        Optional<String> kind =
                Optional.ofNullable(values.get(KIND))
                        .or(
                                () ->
                                        Stream.of(KIND, FORMERLY)
                                                .map(inFile::get)
                                                .filter(Objects::nonNull)
                                                .map(given -> given.value().asString(""))
                                                .findFirst());
        boolean nnUnet =
                kind.map(SettingKey.settingName(DatasetName.NNUNET)::equals)
                        .orElseGet(() -> NnUnetFolder.looksLike(data));
        Map<String, String> all = new LinkedHashMap<>(values);
        if (nnUnet) {
            Map<String, String> found = values(NnUnetFolder.open(data).description());
            found.keySet().removeAll(inFile.keySet());
            found.forEach(all::putIfAbsent);
        }
        return all;
    }
}
