/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ModalitySubsetTest {

    @Test
    void labelsFollowTheOrderOfTheModalities() {
        assertThat(ModalitySubset.of(Modality.T2, Modality.FLAIR)).hasToString("flair+t2");
        assertThat(ModalitySubset.ALL_AND_SINGLES)
                .extracting(ModalitySubset::label)
                .containsExactly("flair+t1ce+t1+t2", "flair", "t1ce", "t1", "t2");
    }

    @Test
    void thePapersOrderHoldsEverySubsetOnceBySize() {
        assertThat(ModalitySubset.PAPER_ORDER)
                .extracting(ModalitySubset::modalities)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(ModalitySubsets.all());
        assertThat(ModalitySubset.PAPER_ORDER)
                .extracting(subset -> subset.modalities().size())
                .isSorted();
        assertThat(ModalitySubset.PAPER_ORDER).first().isEqualTo(ModalitySubset.of(Modality.T2));
    }

    @Test
    void refusesTheEmptySubset() {
        assertThatThrownBy(() -> new ModalitySubset(Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("modalities: expected at least one, got none");
    }
}
