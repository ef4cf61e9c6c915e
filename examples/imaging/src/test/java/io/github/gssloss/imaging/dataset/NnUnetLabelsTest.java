/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes and regions of {@code dataset.json}. */
class NnUnetLabelsTest {

    private static final String BRATS = "{'background': 0, 'whole': [1, 2, 3], 'core': [2, 3], ";

    @TempDir private Path folder;

    private NnUnetExample example;

    @BeforeEach
    void make() {
        example = new NnUnetExample(folder);
    }

    private NnUnetExample labels(String json) {
        return example.with("labels", json);
    }

    private static Region region(String name, Integer... classes) {
        return new Region(name, name, List.of(classes), false);
    }

    @Test
    void classesAreSortedByTheirNumbers() {
        NnUnetJson json = labels("{'scar': 4, 'background': 0, 'ignore': 9, 'oedema': 2}").read();

        assertThat(json.labels())
                .isEqualTo(
                        new LabelSet(
                                List.of("background", "oedema", "scar"),
                                List.of(0, 2, 4),
                                OptionalInt.of(9)));
        assertThat(json.regions()).containsExactly(region("oedema", 1), region("scar", 2));
    }

    @Test
    void regionsAreThoseOfTheFile() {
        example.with("regions_class_order", "[1, 2, 4]");
        NnUnetJson json =
                labels("{'background': 0, 'whole': [1, 2, 4], 'core': [4, 2], 'enh': [4]}").read();

        assertThat(json.labels())
                .isEqualTo(
                        LabelSet.of(
                                List.of("background", "label 1", "label 2", "enh"),
                                List.of(0, 1, 2, 4)));
        assertThat(json.regions())
                .containsExactly(region("whole", 1, 2, 3), region("core", 2, 3), region("enh", 3));
    }

    @Test
    void aNumberBesideListsIsARegion() {
        example.with("regions_class_order", "[1, 3]");
        NnUnetJson json =
                labels("{'all of it': [1, 3], 'background': 0, 'ignore': 4, 'scar': 3}").read();

        assertThat(json.labels())
                .isEqualTo(
                        new LabelSet(
                                List.of("background", "label 1", "scar"),
                                List.of(0, 1, 3),
                                OptionalInt.of(4)));
        assertThat(json.regions()).containsExactly(region("all of it", 1, 2), region("scar", 2));
    }

    /** As in nnU-Net. */
    @Test
    void anOrderWithoutRegionsIsNotLookedAt() {
        assertThat(example.with("regions_class_order", "[7]").read().regions()).hasSize(2);
    }

    @Test
    void ordersThatContradictAreRefused() {
        labels(BRATS + "'enh': 3}").with("regions_class_order", "[1, 2]");
        example.refuses(
                "regions_class_order contradicts labels: expected a number for each of [whole,"
                        + " core, enh], got [1, 2]");
        example.with("regions_class_order", "[1, 3, 2]")
                .refuses(
                        "regions_class_order contradicts labels: expected 2 for core, the last"
                                + " region with this number, got 3");
        example.with("regions_class_order", "[2, 3, 1]")
                .refuses(
                        "regions_class_order contradicts labels: expected 1 for whole, the last"
                                + " region with this number, got 2");
        labels("{'background': 0, 'enh': [3], 'core': [2, 3]}")
                .with("regions_class_order", "[3, 2]")
                .refuses(
                        "regions_class_order contradicts labels: expected 3 for core, the last"
                                + " region with this number, got 2");
    }

    @Test
    void ordersThatAreNoneAreRefused() {
        labels(BRATS + "'enh': 3}")
                .refuses(
                        "expected the key regions_class_order, got channel_names, labels,"
                                + " numTraining, file_ending");
        example.with("regions_class_order", "3")
                .refuses("regions_class_order: expected a list [...], got 3");
        example.with("regions_class_order", "[1, 2, 2.5]")
                .refuses("regions_class_order: expected a whole number, got 2.5");
    }

    @Test
    void regionsAreRefused() {
        example.with("regions_class_order", "[1, 2, 3]");
        labels(BRATS + "'enh': []}")
                .refuses("labels: enh: expected numbers other than 0, at least one, got []");
        labels(BRATS + "'enh': [0, 3]}")
                .refuses("labels: enh: expected numbers other than 0, at least one, got [0,3]");
        labels(BRATS + "'enh': ['3']}").refuses("labels: enh: expected a whole number, got \"3\"");
        labels("{'background': 0, 'whole': [1, 2], 'a': [2], 'b': 2}")
                .with("regions_class_order", "[1, 2, 2]")
                .refuses("labels: expected one name for each number, got a and b for 2");
        labels("{'background': 0, 'label 2': [1], 'whole': [2, 3], 'c': [3]}")
                .with("regions_class_order", "[1, 2, 3]")
                .refuses("labels: expected different names, got [background, label 2, label 2, c]");
        labels("{'background': 0, 'whole': [1, 2], 'core': [2], 'ignore': 2}")
                .with("regions_class_order", "[1, 2]")
                .refuses("labels: expected a number of its own for what is ignored, got 2");
    }

    @Test
    void theBackgroundIsZero() {
        labels("{'oedema': 0, 'scar': 1}")
                .refuses("labels: expected background with number 0, got oedema, scar");
        labels("{}").refuses("labels: expected background with number 0, got none");
        labels("{'background': 1, 'scar': 0}").refuses("labels: background: expected 0, got 1");
        labels("{'background': [0], 'scar': 1}")
                .refuses("labels: background: expected a whole number, got [0]");
        labels("{'background': 0}")
                .refuses(
                        "labels: expected 2 to 127 classes, background among them, got"
                                + " [background]");
    }

    @Test
    void numbersAreRefused() {
        labels("{'background': 0, 'scar': 1, 'oedema': 1}")
                .refuses("labels: expected one name for each number, got scar and oedema for 1");
        labels("{'background': 0, 'scar': 1.5}")
                .refuses("labels: scar: expected a whole number, got 1.5");
        labels("{'background': 0, 'scar': '1'}")
                .refuses("labels: scar: expected a whole number, got \"1\"");
        labels("{'background': 0, 'scar': null}")
                .refuses("labels: scar: expected a whole number, got null");
        labels("{'background': 0, 'scar': 256}")
                .refuses("labels: expected numbers from 0 to 255, got 256");
        labels("{'background': 0, 'scar': -1}")
                .refuses("labels: expected numbers from 0 to 255, got -1");
        labels("{'background': 0, '': 1}")
                .refuses(
                        "labels: expected names that are not empty, got"
                                + " {\"background\":0,\"\":1}");
        labels("[0, 1]").refuses("labels: expected an object {...}, got [0,1]");
    }

    @Test
    void whatIsIgnoredIsRefused() {
        labels("{'background': 0, 'scar': 1, 'ignore': 1}")
                .refuses("labels: expected a number of its own for what is ignored, got 1");
        labels("{'background': 0, 'scar': 1, 'ignore': 0}")
                .refuses("labels: expected 1 to 255 for what is ignored, got 0");
        labels("{'background': 0, 'scar': 1, 'ignore': [2]}")
                .refuses("labels: ignore: expected a whole number, got [2]");
    }

    /** The first version of nnU-Net has names by number. */
    @Test
    void oldLabelsAreRead() {
        example.without("channel_names").with("modality", "{'0': 'T1'}");
        NnUnetJson json = labels("{'2': 'scar', '0': 'background', '1': 'oedema'}").read();

        assertThat(json.labels())
                .isEqualTo(LabelSet.of(List.of("background", "oedema", "scar"), List.of(0, 1, 2)));
        assertThat(json.regions()).containsExactly(region("oedema", 1), region("scar", 2));

        labels("{'0': 'background', 'x': 'scar'}")
                .refuses("labels: x: expected a whole number as key, got 'x'");
        labels("{'0': 'background', '1': 'scar', '2': 'scar'}")
                .refuses(
                        "labels: expected one number for each name, got"
                                + " {\"0\":\"background\",\"1\":\"scar\",\"2\":\"scar\"}");
        labels("{'0': 'scar', '1': 'background'}")
                .refuses("labels: expected background with number 0, got scar, background");
    }
}
