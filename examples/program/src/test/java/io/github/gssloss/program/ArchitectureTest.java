/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package of which module may use which; no cycles; one name for one class. */
class ArchitectureTest {

    private static final String ROOT = "io.github.gssloss";

    /** Each package with the packages of the project that it may use, one line each. */
    private static final Map<String, Set<String>> ARROWS =
            arrows(
                    """
                    core:
                    djl: core
                    files:
                    networks: core djl files networks.weights
                    networks.mmformer: core djl networks networks.weights
                    networks.rfnet: core djl networks networks.weights
                    networks.robustseg: djl networks networks.weights
                    networks.uhved: core djl networks networks.weights
                    networks.weights: files
                    networks.optim:
                    imaging:
                    imaging.nifti: files
                    imaging.dataset: core files imaging.nifti
                    imaging.phantom: files imaging.dataset imaging.nifti
                    imaging.prepare: files imaging.dataset imaging.nifti
                    imaging.sample: files imaging.dataset imaging.prepare
                    imaging.segment: files imaging.dataset imaging.nifti imaging.prepare
                    imaging.measure: core files imaging.dataset imaging.prepare imaging.segment
                    imaging.compare: core files imaging.dataset imaging.measure
                    scripts: core djl imaging.dataset imaging.measure imaging.phantom imaging.prepare imaging.sample imaging.segment \
                        networks.mmformer networks.rfnet networks.weights
                    bench: core djl files imaging.dataset imaging.phantom imaging.prepare imaging.sample networks networks.mmformer networks.optim \
                        networks.rfnet networks.robustseg networks.uhved networks.weights
                    program:
                    program.config: core djl files imaging.dataset imaging.prepare imaging.sample networks networks.mmformer networks.rfnet networks.robustseg \
                        networks.uhved
                    program.tables: core files imaging.compare imaging.dataset imaging.measure
                    program.check: files imaging.dataset imaging.nifti imaging.prepare program.tables
                    program.runfolder: core files imaging.prepare program.config
                    program.model: core djl files imaging.dataset imaging.prepare imaging.segment networks networks.mmformer networks.rfnet networks.robustseg \
                        networks.uhved networks.weights program.config program.runfolder
                    program.part: files imaging.dataset
                    program.report: core files imaging.dataset imaging.measure
                    program.report.page: core files imaging.compare imaging.dataset imaging.measure program.config program.report program.tables
                    program.evaluation: core djl files imaging.compare imaging.dataset imaging.measure imaging.prepare imaging.segment \
                        program.config program.model program.part program.report program.runfolder program.tables
                    program.prediction: files imaging.dataset imaging.nifti imaging.prepare imaging.segment program.config program.model \
                        program.part program.report program.runfolder program.tables
                    program.training: core djl files imaging.dataset imaging.measure imaging.prepare imaging.sample imaging.segment networks.optim \
                        networks.weights program.config program.evaluation program.model program.report program.runfolder
                    program.experiment: files imaging.compare imaging.dataset imaging.measure imaging.phantom imaging.prepare program.config \
                        program.evaluation program.report.page program.runfolder program.tables program.training
                    spark: core files imaging.dataset imaging.measure program program.cli program.config program.evaluation program.experiment \
                        program.prediction program.report.page program.runfolder
                    program.reference: core djl files networks networks.mmformer networks.rfnet networks.robustseg networks.uhved networks.weights \
                        program.tables
                    program.export: files imaging.dataset imaging.measure imaging.prepare program.config program.model program.runfolder program.tables
                    program.doctor: core files program.config program.reference
                    program.explain: core program.config program.tables
                    program.cli: files imaging.dataset imaging.measure imaging.phantom imaging.prepare imaging.segment program.check program.config program.doctor program.evaluation \
                        program.experiment program.explain program.export program.model program.part program.prediction program.reference program.report program.report.page program.runfolder \
                        program.tables program.training
                    """);

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(ROOT);
    }

    static Set<String> packages() {
        return ARROWS.keySet();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void usesOnlyWhatItMay(String name) {
        String[] forbidden =
                ARROWS.keySet().stream()
                        .filter(other -> !other.equals(name) && !ARROWS.get(name).contains(other))
                        .map(other -> ROOT + "." + other)
                        .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + name)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .allowEmptyShould(true)
                .check(classes);
    }

    @Test
    void everyPackageHasItsLine() {
        Set<String> packages =
                classes.stream()
                        .filter(type -> !type.getSimpleName().equals("package-info"))
                        .map(type -> type.getPackageName().substring(ROOT.length() + 1))
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(ARROWS.keySet()).containsAll(packages);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(classes);
    }

    /** A stranger's file could run code in any of these. */
    @Test
    void nothingReadsJavasObjectsOrRunsScripts() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java[.]io[.](ObjectInputStream|ObjectInput|Externalizable)"
                                + "|java[.]beans[.]XMLDecoder|javax[.]script[.].*"
                                + "|java[.]rmi[.].*|javax[.]naming[.].*")
                .check(classes);
    }

    /** No XML comes from a file, so no entity of one is expanded. */
    @Test
    void nothingReadsXml() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.xml..", "org.xml..", "org.w3c..")
                .check(classes);
    }

    @Test
    void noTwoClassesShareASimpleName() {
        Map<String, List<String>> byName =
                classes.stream()
                        .filter(JavaClass::isTopLevelClass)
                        .filter(type -> !type.getSimpleName().equals("package-info"))
                        .collect(
                                Collectors.groupingBy(
                                        JavaClass::getSimpleName,
                                        TreeMap::new,
                                        Collectors.mapping(
                                                JavaClass::getName, Collectors.toList())));

        assertThat(byName).allSatisfy((name, all) -> assertThat(all).hasSize(1));
    }

    private static Map<String, Set<String>> arrows(String lines) {
        Map<String, Set<String>> arrows = new TreeMap<>();
        for (String line : lines.lines().toList()) {
            String[] sides = line.split(":", 2);
            String to = sides[1].strip();
            arrows.put(sides[0].strip(), to.isEmpty() ? Set.of() : Set.of(to.split(" +", -1)));
        }
        return arrows;
    }
}
