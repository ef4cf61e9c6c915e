/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No type, method, field or parameter of the core or of this module has one of the old names. */
class NamesTest {

    /** Words that no name contains, in lower case. */
    private static final Set<String> OLD_WORDS =
            Set.of(
                    "anybody",
                    "assignment",
                    "attendance",
                    "ballot",
                    "ballots",
                    "confidence",
                    "everybody",
                    "everyone",
                    "here",
                    "judge",
                    "judged",
                    "judges",
                    "learnt",
                    "lent",
                    "lesson",
                    "lessons",
                    "nobody",
                    "panel",
                    "panels",
                    "pupil",
                    "pupils",
                    "recorded",
                    "softened",
                    "somebody",
                    "taught",
                    "teach",
                    "told",
                    "truth");

    /** Names of words that are still used elsewhere. */
    private static final Set<String> OLD_NAMES =
            Set.of(
                    "TEACHER_TO_STUDENT",
                    "STUDENT_TO_TEACHER",
                    "WEIGHTED_CROSS_ENTROPY",
                    "teacherDice",
                    "handOver",
                    "Scalars",
                    "LossPart",
                    "OncePerBatchLoss");

    private static final Pattern WORD_BORDER =
            Pattern.compile("[_$.]|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    @Test
    void noNameIsOld() {
        List<String> names =
                new ClassFileImporter()
                                .withImportOption(new ImportOption.DoNotIncludeTests())
                                .importPackages("io.github.gssloss.core", "io.github.gssloss.djl")
                                .stream()
                                .map(JavaClass::reflect)
                                .filter(type -> !type.isSynthetic() && !type.isAnonymousClass())
                                .flatMap(NamesTest::names)
                                .toList();

        // One of each kind, of both modules: they were all read.
        assertThat(names)
                .contains("VotingRule", "GssLoss", "FORWARD_KL", "LOGITS", "vote", "setStep")
                .contains("temperedProbabilities", "leaderThreshold", "predictions");
        assertThat(names.stream().filter(NamesTest::isOld)).isEmpty();
    }

    @Test
    void oldNamesAreFound() {
        assertThat(Stream.of("Ballot", "whereTaught", "NOBODY", "everybodyLeads", "teacherDice"))
                .allMatch(NamesTest::isOld);
        assertThat(Stream.of("Teacher", "coherent", "WeightedCrossEntropyLoss", "adhere"))
                .noneMatch(NamesTest::isOld);
    }

    private static boolean isOld(String name) {
        return OLD_NAMES.contains(name)
                || WORD_BORDER
                        .splitAsStream(name)
                        .map(word -> word.toLowerCase(Locale.ROOT))
                        .anyMatch(OLD_WORDS::contains);
    }

    /** Without its module, classes that use the Vector API cannot be looked into. */
    private static boolean isHidden(Class<?> type) {
        return type.getSimpleName().contains("Lane")
                && ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty();
    }

    private static Stream<String> names(Class<?> type) {
        if (isHidden(type)) {
            return Stream.of(type.getSimpleName());
        }
        List<String> names = new ArrayList<>(List.of(type.getSimpleName()));
        Arrays.stream(type.getDeclaredFields())
                .filter(field -> !field.isSynthetic())
                .map(Field::getName)
                .forEach(names::add);
        Stream.of(type.getDeclaredConstructors(), type.getDeclaredMethods())
                .<Executable>flatMap(Arrays::stream)
                .filter(one -> !one.isSynthetic())
                .forEach(
                        one -> {
                            names.add(one.getName());
                            Arrays.stream(one.getParameters())
                                    .map(Parameter::getName)
                                    .forEach(names::add);
                        });
        return names.stream();
    }
}
