/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The core is the method on NDArrays alone, and nothing in it copies numbers to a device. */
class ArchitectureTest {

    private static final ArchRule NO_NUMBER_IS_AN_OPERAND =
            noClasses()
                    .should()
                    .accessTargetWhere(
                            describe(
                                    "it is an operation of NDArray with a Java number",
                                    ArchitectureTest::hasNumberAsOperand))
                    .because(
                            "a GPU waits for the copy of such a number at each operation;"
                                    + " EngineConstants fills");

    private static JavaClasses core() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.github.gssloss.core");
    }

    @Test
    void dependsOnNoTrainingNoFilesAndNoModuleAboveIt() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "ai.djl.training..",
                        "java.io..",
                        "java.nio.file..",
                        "io.github.gssloss.djl..")
                .check(core());
    }

    private static boolean hasNumberAsOperand(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        return (owner.isAssignableTo(NDArray.class) || owner.isEquivalentTo(NDArrays.class))
                && access.getTarget() instanceof CodeUnitAccessTarget target
                && target.getRawParameterTypes().stream()
                        .anyMatch(type -> type.isAssignableTo(Number.class));
    }

    @Test
    void noNumberIsAnOperand() {
        JavaClasses core = core();
        assertThat(core.contain(GroupDistillation.class)).isTrue();
        NO_NUMBER_IS_AN_OPERAND.check(core);
    }

    /** Operations that the rule must find. */
    private static final class Offenders {

        static final class Product implements UnaryOperator<NDArray> {
            @Override
            public NDArray apply(NDArray x) {
                return x.mul(2);
            }
        }

        static final class InPlace implements UnaryOperator<NDArray> {
            @Override
            public NDArray apply(NDArray x) {
                return x.addi(1f);
            }
        }

        static final class Comparison implements UnaryOperator<NDArray> {
            @Override
            public NDArray apply(NDArray x) {
                return x.gt(0.0);
            }
        }

        static final class Reference implements UnaryOperator<NDArray> {
            @Override
            public NDArray apply(NDArray x) {
                BiFunction<NDArray, Number, NDArray> maximum = NDArray::maximum;
                return maximum.apply(x, 0);
            }
        }

        static final class OfLambda implements UnaryOperator<NDArray> {
            @Override
            public NDArray apply(NDArray x) {
                return Stream.of(x).map(one -> NDArrays.maximum(one, 0)).findFirst().orElseThrow();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Offenders.Product.class,
                Offenders.InPlace.class,
                Offenders.Comparison.class,
                Offenders.Reference.class,
                Offenders.OfLambda.class
            })
    void theRuleFindsEachKindOfOperation(Class<?> offender) {
        JavaClasses one = new ClassFileImporter().importClasses(offender);
        assertThat(NO_NUMBER_IS_AN_OPERAND.evaluate(one).hasViolation()).isTrue();
    }

    /**
     * In which order Java sums over lanes is not specified: interpreted and compiled code may
     * differ in the last bit, and a run that goes on would not be the one that was never stopped.
     */
    @Test
    void noSumOverLanesIsLeftToTheVectors() {
        JavaClasses core = core();
        assertThat(core.contain("io.github.gssloss.core.VoxelLanes")).isTrue();
        noClasses()
                .should()
                .callMethodWhere(
                        describe(
                                "it reduces lanes",
                                call -> call.getTarget().getName().startsWith("reduceLanes")))
                .check(core);
    }

    private static final Pattern READ =
            Pattern.compile(
                    "get(Float|Double|Long|Int|Boolean|Byte)"
                            + "|to(Float|Double|Long|Int|Boolean|Byte|Uint8|Bool)?Array"
                            + "|toByteBuffer|contentEquals|allClose|toDebugString");

    /**
     * The host waits where an array is read: in checks that are asked for, in reports, on a CPU.
     */
    @Test
    void onlyChecksAndReportsReadNumbers() {
        Set<String> readers =
                callers(NDArray.class, call -> READ.matcher(call.getTarget().getName()).matches());
        assertThat(readers)
                .containsExactly(
                        "Batch.requireFinite",
                        "DecisionCount.shares",
                        "Edition.requirePresent",
                        "LeaderSearch.add",
                        "PassInput.floats",
                        "PassInput.numbers");
    }

    /**
     * An array over Java's memory loses it when it is closed, whoever has an alias. Those here do
     * not leave the evaluation, or are copied.
     */
    @Test
    void fewArraysAreOverMemoryOfJava() {
        Set<String> makers =
                callers(
                        NDManager.class,
                        call ->
                                "create".equals(call.getTarget().getName())
                                        && !call.getTarget()
                                                .getRawParameterTypes()
                                                .get(0)
                                                .isEquivalentTo(Shape.class));
        assertThat(makers)
                .containsExactly(
                        "BranchOverlap.classOfPair", "EngineConstants.of", "LeaderPass.count");
    }

    /** The methods of the core that call those of a type, by their names. */
    private static Set<String> callers(Class<?> owner, Predicate<JavaMethodCall> which) {
        return core().stream()
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().isAssignableTo(owner))
                .filter(which)
                .map(
                        call ->
                                call.getOriginOwner().getSimpleName()
                                        + "."
                                        + call.getOrigin().getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
