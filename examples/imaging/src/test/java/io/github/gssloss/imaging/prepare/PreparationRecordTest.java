/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.dataset.Brats;
import org.junit.jupiter.api.Test;

class PreparationRecordTest {

    private final PreparationRecord record =
            PreparationRecord.create().with("labels", "brats2020").with("seg", "0a");

    /** The keys of runs and caches that exist stay valid. */
    @Test
    void itsChecksumIsThatOfItsFieldsInOrder() {
        // printf 'format 1 2\nlabels 9 brats2020\nseg 2 0a\n' | sha256sum
        assertThat(record.sha256())
                .isEqualTo("239c8fea185799dab3cc4f6c2a2fee78e2efbb2aadfabaaf5fd3d261c2cb95df");
        PreparationRecord reordered =
                PreparationRecord.create().with("seg", "0a").with("labels", "brats2020");
        assertThat(reordered).isEqualTo(record);
        assertThat(reordered.sha256()).isEqualTo(record.sha256());
    }

    @Test
    void anotherValueHasAnotherChecksum() {
        assertThat(record.with("seg", "0b").sha256()).isNotEqualTo(record.sha256());
        // No value can look like two fields.
        PreparationRecord one = PreparationRecord.create().with("a", "x\nb 1 y");
        PreparationRecord two = PreparationRecord.create().with("a", "x").with("b", "y");
        assertThat(one.sha256()).isNotEqualTo(two.sha256());
    }

    @Test
    void aPreparationSaysAllThatChangesItsResult() {
        PreparationRecord usual = new CasePreparation(Brats.BRATS2020, 16).record();
        assertThat(usual.fields())
                .containsOnlyKeys(
                        "format",
                        "labels",
                        "orientation",
                        "spacing",
                        "crop",
                        "foreground",
                        "normalisation");
        assertThat(new CasePreparation(Brats.BRATS2023, 16).record()).isNotEqualTo(usual);
        assertThat(new CasePreparation(Brats.BRATS2020, 16, 8, 8).record()).isNotEqualTo(usual);
        Foreground all = Foreground.parse("all");
        assertThat(new CasePreparation(Brats.BRATS2020, 16).with(all).record()).isNotEqualTo(usual);
        int[] crop = {8};
        int[] minimum = {16};
        // The size of the crops matters as far as it widens the box.
        assertThat(new CasePreparation(Brats.BRATS2020, crop, minimum).record()).isEqualTo(usual);
    }
}
