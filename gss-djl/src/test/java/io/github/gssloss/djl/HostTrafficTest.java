/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.evaluator.Evaluator;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.github.gssloss.core.GssConfig;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A training step gives no Java number to the device, and reads from it as little as it can. */
class HostTrafficTest {

    private static final Pattern READ =
            Pattern.compile(
                    "get(Float|Double|Long|Int|Boolean|Byte)"
                            + "|to(Float|Double|Long|Int|Boolean|Byte|Uint8)?Array"
                            + "|toByteBuffer|contentEquals|allClose");

    private static final ArchRule NO_NUMBERS =
            noClasses()
                    .should()
                    .callMethodWhere(
                            describe(
                                    "an array is combined with a Java number",
                                    HostTrafficTest::hasNumber));

    private final JavaClasses main =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.github.gssloss.djl");

    private final NDManager manager = NDManager.newBaseManager();

    @BeforeEach
    void seed() {
        Engine.getInstance().setRandomSeed(2);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private static boolean hasNumber(JavaMethodCall call) {
        return isOfArrays(call)
                && call.getTarget().getRawParameterTypes().stream()
                        .anyMatch(type -> type.isEquivalentTo(Number.class));
    }

    private static boolean isOfArrays(JavaMethodCall call) {
        JavaClass owner = call.getTargetOwner();
        return owner.isAssignableTo(NDArray.class) || owner.isEquivalentTo(NDArrays.class);
    }

    @Test
    void noClassCombinesAnArrayWithAJavaNumber() {
        NO_NUMBERS.check(main);
        JavaClasses planted = new ClassFileImporter().importClasses(Planted.class);
        assertThat(NO_NUMBERS.evaluate(planted).getFailureReport().getDetails()).hasSize(2);
    }

    /** Two violations. */
    static final class Planted {

        NDArray twice(NDArray x) {
            return NDArrays.mul(x, 2).add(1);
        }
    }

    @Test
    void onlyFewClassesReadNumbers() {
        Set<String> readers =
                main.stream()
                        .flatMap(type -> type.getMethodCallsFromSelf().stream())
                        .filter(call -> call.getTargetOwner().isAssignableTo(NDArray.class))
                        .filter(call -> READ.matcher(call.getTarget().getName()).matches())
                        .map(call -> call.getOriginOwner().getSimpleName())
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(readers)
                .containsExactly(
                        "DiceScore",
                        "GradientNorms",
                        "LeaderAverages",
                        "LossParts",
                        "ProbabilityCheck",
                        "TaskLosses");
    }

    private NDList outputs(int side) {
        Shape shape = new Shape(2, 4, side, side, side);
        NDList outputs = new NDList();
        for (int i = 0; i < OutputLayout.rfnet().numOutputs(); i++) {
            NDArray z = manager.randomNormal(shape);
            outputs.add(i < 9 ? z.softmax(1) : z);
        }
        return outputs;
    }

    private NDList labels(int side) {
        return new NDList(
                manager.zeros(new Shape(2, side, side, side)), manager.ones(new Shape(2, 4)));
    }

    @Test
    void aStepReadsNothingAndItsMetricsAreTwoReads() {
        HostTraffic traffic = new HostTraffic();
        NDList outputs = traffic.counted(outputs(8));
        NDList labels = traffic.counted(labels(8));
        // By operations of the engine, as on a device: on a CPU its memory may be read.
        GssLoss loss =
                GssLoss.builder()
                        .setLayout(OutputLayout.rfnet())
                        .setConfig(GssConfig.paper())
                        .optBlockVoxels(1 << 20)
                        .build();
        loss.evaluate(labels, outputs);
        assertThat(traffic.reads()).isEmpty();
        assertThat(traffic.numbers()).isEmpty();
        accumulate(loss, labels, outputs);
        assertThat(traffic.reads()).containsExactly("getFloat");
        loss.parts().forEach(part -> accumulate(part, labels, outputs));
        assertThat(traffic.reads()).containsExactly("toFloatArray");
        outputs.get(0).mul(2).getFloat(0, 0, 0, 0, 0);
        assertThat(traffic.numbers()).containsExactly("mul");
        assertThat(traffic.reads()).containsExactly("getFloat");
    }

    private static void accumulate(Evaluator evaluator, NDList labels, NDList outputs) {
        evaluator.addAccumulator("k");
        evaluator.updateAccumulators(new String[] {"k"}, labels, outputs);
        assertThat(evaluator.getAccumulator("k")).isNotNaN();
    }

    @Test
    void moreBlocksGiveNoMoreNumbers() {
        HostTraffic traffic = new HostTraffic();
        NDList outputs = traffic.counted(outputs(8));
        NDList labels = traffic.counted(labels(8));
        for (long blockVoxels : List.of(1L << 20, 100L)) {
            GssLoss.builder()
                    .setLayout(OutputLayout.rfnet())
                    .setConfig(GssConfig.paper())
                    .optBlockVoxels(blockVoxels)
                    .build()
                    .evaluate(labels, outputs);
            assertThat(traffic.numbers()).as("blocks of %d voxels", blockVoxels).isEmpty();
            assertThat(traffic.reads()).isEmpty();
        }
    }
}
