/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A seeded task: M 1-6 modalities, N 2-8 classes, 1 to M leaders of each, 2-D or 3-D, thresholds in
 * eighths, and for each of 1 to 3 samples the modalities that it has.
 */
final class RandomTask {

    final ClassGroups groups;

    /** Groups, thresholds and penalty. */
    final GssConfig config;

    final Shape shape;
    final int samples;
    final int voxels;

    /** Whether there is a matrix of who is present, and what it says, by sample and modality. */
    final boolean missing;

    final boolean[][] present;

    /** Whether absent probabilities and logits are numbers that must not count. */
    final boolean garbage;

    RandomTask(Random random) {
        this(random, null);
    }

    /**
     * Draws a task.
     *
     * @param given the spatial axes; null: a few voxels, drawn as well
     */
    RandomTask(Random random, Shape given) {
        int modalities = 1 + random.nextInt(6);
        int classes = 2 + random.nextInt(7);
        samples = 1 + random.nextInt(3);
        Shape few =
                random.nextBoolean()
                        ? new Shape(1 + random.nextInt(4), 4)
                        : new Shape(2, 1 + random.nextInt(2), 3);
        Shape space = given == null ? few : given;
        voxels = Math.toIntExact(space.size());
        shape = new Shape(samples, classes).addAll(space);
        groups = groups(random, modalities, classes);
        int leaders = random.nextInt(9);
        int members = leaders + random.nextInt(9 - leaders);
        config =
                GssConfig.builder()
                        .optGroups(groups)
                        .optLeaderThreshold(leaders / 8.0)
                        .optMemberThreshold(members / 8.0)
                        .optPenalty(random.nextInt(5) / 4.0)
                        .build();
        missing = random.nextInt(3) > 0;
        garbage = missing && random.nextBoolean();
        present = new boolean[samples][modalities];
        for (boolean[] row : present) {
            boolean empty = missing && random.nextInt(8) == 0;
            for (int m = 0; m < modalities; m++) {
                row[m] = !missing || (!empty && random.nextInt(3) > 0);
            }
        }
    }

    private static ClassGroups groups(Random random, int modalities, int classes) {
        List<ClassGroup> groups = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            List<Integer> all = new ArrayList<>(IntStream.range(0, modalities).boxed().toList());
            Collections.shuffle(all, random);
            groups.add(new ClassGroup("c" + c, all.subList(0, 1 + random.nextInt(modalities))));
        }
        return new ClassGroups(
                IntStream.range(0, modalities).mapToObj(m -> "m" + m).toList(), groups);
    }

    int modalities() {
        return groups.numModalities();
    }

    int classes() {
        return groups.numClasses();
    }

    /** The number of elements of one branch. */
    int size() {
        return samples * classes() * voxels;
    }

    /** Which modalities are present, any number but 0 for yes; null: all. */
    NDArray matrix(NDManager manager) {
        if (!missing) {
            return null;
        }
        float[] flat = new float[samples * modalities()];
        for (int i = 0; i < flat.length; i++) {
            int any = i % 2 == 0 ? 1 + i : -i;
            flat[i] = present[i / modalities()][i % modalities()] ? any : 0;
        }
        return manager.create(flat, new Shape(samples, modalities()));
    }

    /** Who is present in the sample that an element of a branch belongs to. */
    boolean[] presentAt(int element) {
        return present[element / (classes() * voxels)];
    }

    /** Whether an element of branch m must not count and can be any number. */
    boolean isGarbage(int m, int element) {
        return garbage && !presentAt(element)[m];
    }

    /** NaN or an infinity. */
    static double anyNumber(Random random) {
        return List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
                .get(random.nextInt(3));
    }

    ClassGroup groupAt(int element) {
        return groups.groups().get(element / voxels % classes());
    }
}
