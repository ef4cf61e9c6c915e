/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever characters names are made of, {@link ClassGroups#parse} reads what is printed. */
class ClassGroupNamesTest {

    private static final String CHARACTERS = ";,:\\ \tab/";

    private static void readsWhatItPrints(ClassGroups groups) {
        assertThat(ClassGroups.parse(groups.modalities(), groups.toString()))
                .as(groups.toString())
                .isEqualTo(groups);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a;b",
                "a,b",
                "a:b",
                "a\\b",
                "a b",
                " a",
                "a ",
                "  a  ",
                ";",
                ":",
                ",",
                "\\",
                "\\\\",
                "a\\ ",
                "a\\;",
                "\\;\\",
                "T1 (Gd): late, 2\\3",
                "a\nb",
                "$0",
                "\\$1"
            })
    void ofANameWithASeparatorABackslashOrBlanks(String name) {
        ClassGroups groups =
                new ClassGroups(
                        List.of("first", name),
                        List.of(
                                new ClassGroup(name, List.of(0, 1)),
                                new ClassGroup("other", List.of(1))));
        readsWhatItPrints(groups);
    }

    @Test
    void ofManyRandomNames() {
        Random random = new Random(8);
        for (int round = 0; round < 3000; round++) {
            List<String> modalities = names(random, 1 + random.nextInt(4));
            List<ClassGroup> groups = new ArrayList<>();
            for (String name : names(random, 2 + random.nextInt(3))) {
                List<Integer> leaders = new ArrayList<>();
                for (int m = 0; m < modalities.size(); m++) {
                    if (random.nextBoolean()) {
                        leaders.add(m);
                    }
                }
                groups.add(new ClassGroup(name, leaders.isEmpty() ? List.of(0) : leaders));
            }
            readsWhatItPrints(new ClassGroups(modalities, groups));
        }
    }

    /** Distinct, of one to six characters, not blank. */
    private static List<String> names(Random random, int count) {
        List<String> names = new ArrayList<>();
        while (names.size() < count) {
            StringBuilder name = new StringBuilder();
            int length = 1 + random.nextInt(6);
            for (int i = 0; i < length; i++) {
                name.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            }
            if (!name.toString().isBlank() && !names.contains(name.toString())) {
                names.add(name.toString());
            }
        }
        return names;
    }

    @Test
    void theEscapesAreAsDescribed() {
        ClassGroups groups =
                new ClassGroups(
                        List.of("a,b", "c "),
                        List.of(
                                new ClassGroup("x:y;z", List.of(0, 1)),
                                new ClassGroup("\\", List.of(1))));
        assertThat(groups).hasToString("x\\:y\\;z: a\\,b, c\\ ; \\\\: c\\ ");
    }

    @Test
    void aBackslashBeforeAnyOtherCharacterStandsForThat() {
        assertThat(ClassGroups.parse(List.of("a", "b"), "\\x: \\a; y: b"))
                .isEqualTo(ClassGroups.parse(List.of("a", "b"), "x: a; y: b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x: a; y", "x: a; y: b; ", "x: a: b; y: b", "x a", "x: a; y: b\\"})
    void whatHasAnotherFormIsRefused(String text) {
        assertThatThrownBy(() -> ClassGroups.parse(List.of("a", "b"), text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "class groups: expected 'class: leader, leader; class: ...', got '");
    }
}
