/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.prepare.Clipping;
import io.github.gssloss.imaging.prepare.Foreground;
import io.github.gssloss.imaging.prepare.WorkingSpacing;
import io.github.gssloss.imaging.sample.MissingRates;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingKeyTest {

    @ParameterizedTest
    @ValueSource(classes = {RunSettings.class, VoteKeys.class, ExperimentPlan.class})
    void tablesHaveEveryComponentInItsOrder(Class<?> settings) {
        assertThat(SettingKey.of(settings))
                .extracting(SettingKey::name)
                .containsExactlyElementsOf(leaves(settings, ""));
    }

    @Test
    void theHelpOfThreadsIsTheSameWithSettingsAndWithout() {
        assertThat(SettingKey.all())
                .filteredOn(key -> key.name().equals("threads"))
                .extracting(SettingKey::origin)
                .containsExactly(Threads.DEFAULT);
    }

    private static List<String> leaves(Class<?> section, String prefix) {
        List<String> leaves = new ArrayList<>();
        for (RecordComponent component : section.getRecordComponents()) {
            Class<?> type = component.getType();
            if (type == Optional.class) {
                ParameterizedType optional = (ParameterizedType) component.getGenericType();
                type = (Class<?>) optional.getActualTypeArguments()[0];
            }
            String name = prefix + component.getName();
            boolean isSection =
                    type.isRecord()
                            && !List.of(
                                            VolumeSize.class,
                                            Foreground.class,
                                            Clipping.class,
                                            WorkingSpacing.class,
                                            MissingRates.class)
                                    .contains(type);
            leaves.addAll(isSection ? leaves(type, name + ".") : List.of(name));
        }
        return leaves;
    }
}
