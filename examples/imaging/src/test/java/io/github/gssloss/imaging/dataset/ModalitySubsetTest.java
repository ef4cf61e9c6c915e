/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ModalitySubsetTest {

    @Test
    void labelsFollowTheOrderOfTheModalities() {
        assertThat(ModalitySubset.of(Brats.T2, Brats.FLAIR)).hasToString("flair+t2");
        assertThat(Brats.BRATS2020.allAndSingles())
                .extracting(ModalitySubset::label)
                .containsExactly("flair+t1ce+t1+t2", "flair", "t1ce", "t1", "t2");
    }

    @Test
    void thePapersOrderHoldsEverySubsetOnceBySize() {
        assertThat(Brats.BRATS2020.subsets()).doesNotHaveDuplicates().hasSize(15);
        assertThat(Brats.BRATS2020.subsets())
                .extracting(subset -> subset.modalities().size())
                .isSorted();
        assertThat(Brats.BRATS2020.subsets()).first().isEqualTo(ModalitySubset.of(Brats.T2));
    }

    /** A seed draws the same subsets as long as this order stays. */
    @Test
    void drawsChooseFromAllSubsetsInAFixedOrder() {
        assertThat(ModalitySubset.within(Brats.BRATS2020.all().modalities()))
                .extracting(ModalitySubset::label)
                .containsExactly(
                        "flair",
                        "t1ce",
                        "t1",
                        "t2",
                        "flair+t1ce",
                        "flair+t1",
                        "flair+t2",
                        "t1ce+t1",
                        "t1ce+t2",
                        "t1+t2",
                        "flair+t1ce+t1",
                        "flair+t1ce+t2",
                        "flair+t1+t2",
                        "t1ce+t1+t2",
                        "flair+t1ce+t1+t2");
    }

    @Test
    void masksFollowTheOrderOfTheModalities() {
        assertThat(ModalitySubset.of(Brats.T2, Brats.FLAIR).mask())
                .containsExactly(true, false, false, true);
    }

    @Test
    void theSubsetsOfWhatACaseHasAreThoseWithinIt() {
        assertThat(ModalitySubset.within(Set.of(Brats.FLAIR, Brats.T2)))
                .extracting(ModalitySubset::label)
                .containsExactly("flair", "t2", "flair+t2");
        assertThat(ModalitySubset.within(Set.of(Brats.T1)))
                .containsExactly(ModalitySubset.of(Brats.T1));
        assertThatThrownBy(() -> ModalitySubset.within(Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("present: expected at least one modality, got none");
    }

    @Test
    void refusesTheEmptySubset() {
        assertThatThrownBy(() -> new ModalitySubset(Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("modalities: expected at least one, got none");
    }
}
