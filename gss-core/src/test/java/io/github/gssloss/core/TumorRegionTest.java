/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TumorRegionTest {

    @Test
    void classesOfTheTwoLabelSets() {
        assertThat(TumorRegion.WHOLE.classes(4)).containsExactly(1, 2, 3);
        assertThat(TumorRegion.CORE.classes(4)).containsExactly(1, 3);
        assertThat(TumorRegion.ENHANCING.classes(4)).containsExactly(3);
        assertThat(TumorRegion.WHOLE.classes(5)).containsExactly(1, 2, 3, 4);
        assertThat(TumorRegion.CORE.classes(5)).containsExactly(1, 3, 4);
        assertThat(TumorRegion.ENHANCING.classes(5)).containsExactly(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void theCoreIsTheWholeTumourWithoutOedema(int numClasses) {
        List<String> names =
                (numClasses == 4 ? ClassGroups.brats2020() : ClassGroups.brats2015()).classNames();
        List<Integer> whole = TumorRegion.WHOLE.classes(numClasses);

        assertThat(TumorRegion.CORE.classes(numClasses))
                .isEqualTo(whole.stream().filter(c -> !names.get(c).equals("ED")).toList());
        assertThat(TumorRegion.ENHANCING.classes(numClasses)).containsExactly(names.indexOf("ET"));
    }

    @Test
    void labelsAreTheNamesInTables() {
        assertThat(Stream.of(TumorRegion.values()).map(TumorRegion::label))
                .containsExactly("whole", "core", "enhancing");
    }
}
