/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which package may use which: the arrows point down only. */
class ArchitectureTest {

    private static final String ROOT = "io.github.gssloss.examples";

    /** Each package with the packages it may use beside the root, which holds what all share. */
    private static final Map<String, Set<String>> ARROWS =
            Map.ofEntries(
                    entry(
                            "cli",
                            Set.of(
                                    "experiment",
                                    "runs",
                                    "train",
                                    "evaluate",
                                    "report",
                                    "phantom",
                                    "verify",
                                    "vote",
                                    "bench",
                                    "config")),
                    entry("bench", Set.of("train", "report", "networks", "phantom", "data")),
                    entry(
                            "experiment",
                            Set.of(
                                    "runs",
                                    "train",
                                    "evaluate",
                                    "report",
                                    "phantom",
                                    "data",
                                    "config")),
                    entry(
                            "runs",
                            Set.of(
                                    "train",
                                    "evaluate",
                                    "report",
                                    "networks",
                                    "weights",
                                    "data",
                                    "config")),
                    entry("verify", Set.of("networks", "weights")),
                    entry("vote", Set.of("config")),
                    entry("train", Set.of("config")),
                    entry("report", Set.of("data", "evaluate")),
                    entry("evaluate", Set.of("data")),
                    entry("phantom", Set.of("nifti", "data")),
                    entry("data", Set.of("nifti")),
                    entry("config", Set.of("data", "networks")),
                    entry("networks", Set.of("weights")),
                    entry("weights", Set.of()),
                    entry("nifti", Set.of()));

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.github.gssloss");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cli",
                "experiment",
                "runs",
                "train",
                "verify",
                "vote",
                "bench",
                "report",
                "evaluate",
                "phantom",
                "data",
                "config",
                "networks",
                "weights",
                "nifti"
            })
    void arrowsPointDown(String name) {
        Set<String> forbidden = new TreeSet<>(ARROWS.keySet());
        forbidden.removeAll(ARROWS.get(name));
        forbidden.remove(name);

        noClasses()
                .that()
                .resideInAPackage(tree(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        forbidden.stream().map(ArchitectureTest::tree).toArray(String[]::new))
                .allowEmptyShould(true)
                .check(classes);
    }

    @Test
    void everyPackageHasItsPlace() {
        Set<String> packages =
                classes.stream()
                        .map(type -> type.getPackageName())
                        .filter(name -> name.startsWith(ROOT + "."))
                        .map(name -> name.substring(ROOT.length() + 1).split("\\.", 2)[0])
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(packages).isNotEmpty();
        assertThat(ARROWS.keySet()).containsAll(packages);
    }

    @Test
    void onlyTheRootIsSharedAndItSharesUpwards() {
        noClasses()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ARROWS.keySet().stream().map(ArchitectureTest::tree).toArray(String[]::new))
                .check(classes);
    }

    @Test
    void theLibrariesDoNotKnowTheExamples() {
        noClasses()
                .that()
                .resideInAnyPackage("io.github.gssloss.core..", "io.github.gssloss.djl..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "..")
                .check(classes);
    }

    @Test
    void theCoreDoesNotKnowTheLossOrTheTrainer() {
        noClasses()
                .that()
                .resideInAPackage("io.github.gssloss.core..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.github.gssloss.djl..")
                .check(classes);
    }

    private static String tree(String name) {
        return ROOT + "." + name + "..";
    }
}
