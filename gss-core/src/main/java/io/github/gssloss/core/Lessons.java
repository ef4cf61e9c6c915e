/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/**
 * What the branches are taught at a block of voxels.
 *
 * @param lessons one for all branches, or one for each
 */
record Lessons(List<Lesson> lessons) {

    /** Asks the settings' teacher. */
    static Lessons of(
            GssConfig config, Batch batch, VoxelBlock block, Softened softened, NDManager manager) {
        Teacher teacher = config.teacher();
        TeacherInput input =
                new TeacherInput(
                        softened.confidence(),
                        softened.value(),
                        batch.present(block, manager),
                        batch.fused(block, manager),
                        config);
        NDArray given = teacher.target(input);
        Arguments.requireTarget(teacher, given, softened.value());
        // Whatever it came from: a constant, and freed with the block.
        NDArray target = Batch.own(given, manager);
        List<Lesson> lessons = new ArrayList<>();
        if (target.getShape().dimension() == input.value().get(0).getShape().dimension()) {
            lessons.add(Lesson.of(target, config.normalised()));
        } else {
            for (NDArray one : target.split(softened.value().size(), 0)) {
                lessons.add(Lesson.of(one.squeeze(0), config.normalised()));
            }
        }
        return new Lessons(lessons);
    }

    boolean shared() {
        return lessons.size() == 1;
    }

    Lesson of(int m) {
        return lessons.get(shared() ? 0 : m);
    }
}
