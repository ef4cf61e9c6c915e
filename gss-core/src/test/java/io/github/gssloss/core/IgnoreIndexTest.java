/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Voxels of the ignore index: masked in the distillation, and not there in what is counted. In each
 * sample as many voxels are ignored, so that a batch without them is an array.
 */
class IgnoreIndexTest {

    private static final int B = 3;
    private static final int M = 4;
    private static final int N = 4;
    private static final int V = 60;
    private static final int IGNORED = 23;
    private static final Shape SHAPE = new Shape(B, N, 3, 4, 5);

    private final NDManager manager = NDManager.newBaseManager();
    private final boolean[] ignored = new boolean[B * V];
    private final int[] classes = new int[B * V];
    private NDList logits;
    private NDArray fused;

    /** Sample 1 lacks one modality, sample 2 has one alone. */
    private NDArray present;

    @BeforeEach
    void draw() {
        Engine.getInstance().setRandomSeed(31);
        logits = new NDList();
        for (int m = 0; m < M; m++) {
            logits.add(manager.randomNormal(0, 3, SHAPE, DataType.FLOAT64));
        }
        fused = manager.randomNormal(0, 3, SHAPE, DataType.FLOAT64).softmax(1);
        present = manager.create(new int[] {1, 1, 1, 1, 1, 0, 1, 1, 0, 0, 1, 0}, new Shape(B, M));
        Random random = new Random(5);
        for (int b = 0; b < B; b++) {
            int left = IGNORED;
            while (left > 0) {
                int at = b * V + random.nextInt(V);
                left -= ignored[at] ? 0 : 1;
                ignored[at] = true;
            }
        }
        // Class 2 is free, for an ignore index among the classes.
        Arrays.setAll(classes, at -> List.of(0, 1, 3).get(random.nextInt(3)));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private NDArray indices(int ignoreIndex) {
        int[] flat = new int[B * V];
        Arrays.setAll(flat, at -> ignored[at] ? ignoreIndex : classes[at]);
        return manager.create(flat, new Shape(B, 3, 4, 5));
    }

    /** An ignored voxel has no class. */
    private NDArray oneHot() {
        float[] flat = new float[B * N * V];
        for (int at = 0; at < B * V; at++) {
            flat[(at / V * N + classes[at]) * V + at % V] = ignored[at] ? 0 : 1;
        }
        return manager.create(flat).reshape(SHAPE);
    }

    /** 1 where a voxel counts, (B, 1, spatial...). */
    private NDArray kept() {
        float[] flat = new float[B * V];
        for (int at = 0; at < flat.length; at++) {
            flat[at] = ignored[at] ? 0 : 1;
        }
        return manager.create(flat).reshape(VoxelMask.shared(SHAPE));
    }

    /** Loss and gradients are those of a mask that drops the ignored voxels, bit by bit. */
    private void agreesWithAMask(GssConfig config, int ignoreIndex, NDArray labels, NDArray mask) {
        GssConfig ignoring = config.toBuilder().optIgnoreIndex(ignoreIndex).build();
        DistillationInput.Builder batch =
                DistillationInput.builder().setBranchLogits(logits).optFused(fused);
        if (config.edition() == Edition.PAPER) {
            batch.optPresent(present);
        }
        DistillationInput labelled = batch.optLabels(labels).optMask(mask).build();
        NDArray dropping = mask == null ? kept() : mask.mul(kept());
        DistillationInput masked = batch.optLabels(null).optMask(dropping).build();
        for (long block : new long[] {7, 1000}) {
            try (DistillationResult got =
                            new GroupDistillation(ignoring, block).evaluate(labelled);
                    DistillationResult wanted =
                            new GroupDistillation(config, block).evaluate(masked)) {
                assertThat(got.loss()).isEqualTo(wanted.loss());
                assertThat(got.loss().getDouble()).isPositive();
                assertThat(got.gradients()).isEqualTo(wanted.gradients());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {255, -1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void ofClassIndicesInRangeAndOutside(int ignoreIndex) {
        GssConfig config = GssConfig.builder().optMaskRate(0).build();
        NDArray labels = indices(ignoreIndex);
        agreesWithAMask(config, ignoreIndex, labels, null);
        agreesWithAMask(config, ignoreIndex, labels.expandDims(1), null);
        agreesWithAMask(config, ignoreIndex, labels.toType(DataType.INT64, false), null);
    }

    @ParameterizedTest
    @EnumSource(PaperTeacher.class)
    void ofOneHotLabelsForEveryTeacherOrderAndMask(PaperTeacher teacher) {
        NDArray shared = VoxelMask.draw(manager, SHAPE, 0.3);
        NDArray each = VoxelMask.drawPerBranch(manager, M, SHAPE, 0.4);
        for (Divergence order : List.of(Divergence.FORWARD_KL, Divergence.REVERSE_KL)) {
            GssConfig config =
                    GssConfig.builder()
                            .optMaskRate(0)
                            .optTeacher(teacher)
                            .optDivergence(order)
                            .build();
            agreesWithAMask(config, 255, oneHot(), null);
            agreesWithAMask(config, 2, oneHot(), shared);
            agreesWithAMask(config, 255, indices(255), each);
        }
    }

    /** Its class weights leave the ignored voxels out as well. */
    @Test
    void inTheReleasedEdition() {
        GssConfig config = GssConfig.released().toBuilder().optMaskRate(0).build();
        agreesWithAMask(config, 255, indices(255), null);
        agreesWithAMask(config, 255, oneHot(), VoxelMask.drawPerBranch(manager, M, SHAPE, 0.4));
    }

    @Test
    void theDrawnMaskIsTheSameWithAndWithoutIt() {
        GssConfig config = GssConfig.builder().optMaskRate(0.5).build();
        GssConfig ignoring = config.toBuilder().optIgnoreIndex(9).build();
        NDArray none = manager.zeros(new Shape(B, 3, 4, 5));
        Engine.getInstance().setRandomSeed(1);
        try (DistillationResult wanted = new GroupDistillation(config).evaluate(logits)) {
            Engine.getInstance().setRandomSeed(1);
            try (DistillationResult got =
                    new GroupDistillation(ignoring).evaluate(Inputs.labelled(logits, null, none))) {
                assertThat(got.loss()).isEqualTo(wanted.loss());
                assertThat(got.gradients()).isEqualTo(wanted.gradients());
            }
        }
    }

    @Test
    void labelsWithoutAnIgnoreIndexChangeNothing() {
        GroupDistillation distillation =
                new GroupDistillation(GssConfig.builder().optMaskRate(0).build());
        try (DistillationResult with =
                        distillation.evaluate(Inputs.labelled(logits, null, indices(255)));
                DistillationResult without = distillation.evaluate(logits)) {
            assertThat(with.loss()).isEqualTo(without.loss());
            assertThat(with.gradients()).isEqualTo(without.gradients());
        }
    }

    @Test
    void theTargetDoesNotDependOnIt() {
        GroupDistillation plain = new GroupDistillation(GssConfig.paper());
        GroupDistillation ignoring =
                new GroupDistillation(GssConfig.builder().optIgnoreIndex(255).build());
        try (SoftTarget got = ignoring.softTarget(Inputs.labelled(logits, present, indices(255)));
                SoftTarget wanted = plain.softTarget(Inputs.present(logits, present))) {
            assertThat(got.target()).isEqualTo(wanted.target());
            assertThat(got.decided()).isEqualTo(wanted.decided());
        }
    }

    @ParameterizedTest
    @EnumSource(PaperTeacher.class)
    void sharesAreThoseOfABatchWithoutTheVoxels(PaperTeacher teacher) {
        GssConfig config = GssConfig.builder().optTeacher(teacher).build();
        NDList few = new NDList();
        logits.forEach(z -> few.add(without(z)));
        DecisionShares wanted =
                DecisionShares.of(
                        new GroupDistillation(config),
                        Inputs.labelled(few, present, labelsWithout(), without(fused)));
        assertThat(wanted.voxels()).isEqualTo(B * (V - IGNORED));
        assertThat(wanted.classes().get(1).targetDice().orElseThrow()).isBetween(0.01, 0.99);
        for (int ignoreIndex : new int[] {255, -1, 2}) {
            GssConfig ignoring = config.toBuilder().optIgnoreIndex(ignoreIndex).build();
            for (NDArray labels : List.of(indices(ignoreIndex), oneHot())) {
                for (long block : new long[] {7, 1000}) {
                    assertThat(
                                    DecisionShares.of(
                                            new GroupDistillation(ignoring, block),
                                            Inputs.labelled(logits, present, labels, fused)))
                            .isEqualTo(wanted);
                }
            }
        }
    }

    @Test
    void leadersAreThoseOfABatchWithoutTheVoxels() {
        List<String> names = ClassGroups.brats2020().modalities();
        List<String> classNames = ClassGroups.brats2020().classNames();
        NDList few = new NDList();
        logits.forEach(z -> few.add(without(z)));
        ModalityDice wanted =
                new LeaderSearch(names, classNames).add(few, labelsWithout(), present).dice();
        assertThat(wanted.value(0, 0).orElseThrow()).isPositive();
        assertThat(wanted.value(0, 2)).isEmpty();
        for (int ignoreIndex : new int[] {255, -1, 2}) {
            for (NDArray labels : List.of(indices(ignoreIndex), oneHot())) {
                LeaderSearch search =
                        new LeaderSearch(names, classNames, OptionalInt.of(ignoreIndex));
                assertThat(search.add(logits, labels, present).dice()).isEqualTo(wanted);
            }
        }
    }

    /** (B, N, V less the ignored). */
    private NDArray without(NDArray volume) {
        double[] all = volume.toDoubleArray();
        double[] few = new double[B * N * (V - IGNORED)];
        int next = 0;
        for (int i = 0; i < all.length; i++) {
            if (!ignored[i / (N * V) * V + i % V]) {
                few[next] = all[i];
                next++;
            }
        }
        assertThat(next).isEqualTo(few.length);
        return manager.create(few).reshape(B, N, V - IGNORED);
    }

    private NDArray labelsWithout() {
        int[] few = new int[B * (V - IGNORED)];
        int next = 0;
        for (int at = 0; at < B * V; at++) {
            if (!ignored[at]) {
                few[next] = classes[at];
                next++;
            }
        }
        return manager.create(few, new Shape(B, V - IGNORED));
    }

    /** A patch of nothing but ignored voxels has no loss, and nothing is counted in it. */
    @Test
    void aBatchOfWhichEveryVoxelIsIgnored() {
        GssConfig ignoring = GssConfig.builder().optIgnoreIndex(255).build();
        GroupDistillation distillation = new GroupDistillation(ignoring);
        NDArray all = manager.full(new Shape(B, 3, 4, 5), 255);
        DistillationInput batch = Inputs.labelled(logits, null, all);
        try (DistillationResult result = distillation.evaluate(batch)) {
            assertThat(result.loss().getDouble()).isZero();
            for (NDArray gradient : result.gradients()) {
                assertThat(gradient.abs().max().getDouble()).isZero();
            }
        }
        DecisionShares shares = DecisionShares.of(distillation, batch);
        assertThat(shares.voxels()).isZero();
        assertThat(shares.undecided()).isZero();
        for (ClassDecisions one : shares.classes()) {
            assertThat(one.shares().values()).containsOnly(0.0);
            assertThat(one.sharesWithin()).isEmpty();
            assertThat(one.targetDice()).hasValue(1);
        }
    }
}
