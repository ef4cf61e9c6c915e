/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A batch as {@link OnePass} reads it: the memory of its arrays, and what is known of its samples
 * as Java numbers. On a CPU only, where nothing of it is copied but small arrays.
 */
final class PassInput {

    /** What the fused probabilities are at least, before their logarithm. */
    static final float FUSED_CLAMP = (float) PaperTeacher.CLAMP;

    final GssConfig config;

    /** Per modality (B, N, V), to read and to write. */
    final FloatBuffer[] logits;

    final FloatBuffer[] gradients;

    /** (B, V), or one number for all. */
    final FloatBuffer weights;

    /** (B, N, V); null if the teacher does not need them. */
    final FloatBuffer fused;

    /** The class of every voxel (B, V), any other number for none; null if not needed. */
    final FloatBuffer labels;

    /** (B, N); null without balance. */
    private final float[] classWeights;

    /** (N), 0 where a class is not ready; null without readiness. */
    final float[] ready;

    /** (B, M), 0 where a sample lacks a modality; null if all are present. */
    private final float[] present;

    private final int numClasses;

    private final boolean[] leads;

    /** Logits, labels and presence of a batch that {@link OnePass#coversLabels}. */
    PassInput(GssConfig config, Batch batch) {
        this(config, batch, new NDList(), batch.labels().indices());
    }

    /**
     * Reads a batch.
     *
     * @param config the settings
     * @param batch what {@link OnePass#covers}
     * @param gradients per modality an array (B, N, V) to fill
     */
    PassInput(GssConfig config, Batch batch, NDList gradients) {
        this(
                config,
                batch,
                gradients,
                config.needsClassOfVoxel() ? batch.labels().indices() : null);
    }

    private PassInput(GssConfig config, Batch batch, NDList gradients, NDArray indices) {
        this.config = config;
        numClasses = config.groups().numClasses();
        leads = leads(config.groups());
        logits = floats(batch.logits());
        this.gradients = floats(gradients);
        weights = floats(batch.weights());
        fused = batch.fused() == null ? null : floats(batch.fused());
        labels = indices == null ? null : floats(indices);
        classWeights = numbers(batch.classWeights());
        ready = numbers(batch.ready());
        present = batch.present() == null ? null : numbers(isSet(batch.present()));
    }

    private static boolean[] leads(ClassGroups groups) {
        boolean[] leads = new boolean[groups.numModalities() * groups.numClasses()];
        for (int c = 0; c < groups.numClasses(); c++) {
            for (int m : groups.groups().get(c).leaders()) {
                leads[m * groups.numClasses() + c] = true;
            }
        }
        return leads;
    }

    private static FloatBuffer[] floats(NDList arrays) {
        return arrays.stream().map(PassInput::floats).toArray(FloatBuffer[]::new);
    }

    /** The memory of an array; of one that is not contiguous that of a copy with its manager. */
    private static FloatBuffer floats(NDArray array) {
        return array.toByteBuffer(true).asFloatBuffer();
    }

    /** Whether a number is not 0: a small float64 could be 0 as float32. */
    private static NDArray isSet(NDArray array) {
        return array.neq(EngineConstants.of(0, array));
    }

    private static float[] numbers(NDArray array) {
        return array == null ? null : array.toType(DataType.FLOAT32, false).toFloatArray();
    }

    int numModalities() {
        return logits.length;
    }

    int numClasses() {
        return numClasses;
    }

    /** The modalities that a sample has. */
    int[] present(int sample) {
        return IntStream.range(0, logits.length).filter(m -> has(sample, m)).toArray();
    }

    /** Those of them that lead a class, or its members. */
    int[] present(int sample, int c, boolean leading) {
        return IntStream.of(present(sample)).filter(m -> leads(m, c) == leading).toArray();
    }

    boolean leadsAny(int m) {
        return IntStream.range(0, numClasses).anyMatch(c -> leads(m, c));
    }

    boolean leads(int m, int c) {
        return leads[m * numClasses + c];
    }

    private boolean has(int sample, int m) {
        return present == null || present[sample * logits.length + m] != 0;
    }

    /** The weights of the classes in a sample; null without balance. */
    float[] classWeights(int sample) {
        int from = sample * numClasses;
        return classWeights == null
                ? null
                : Arrays.copyOfRange(classWeights, from, from + numClasses);
    }
}
