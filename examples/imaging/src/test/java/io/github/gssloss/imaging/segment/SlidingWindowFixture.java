/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.imaging.dataset.Brats;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Volumes, and networks that are plain functions of a window. */
class SlidingWindowFixture {

    static final int CLASSES = 4;

    NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    final byte[] one(SlidingWindow sliding, int[] shape, float[] images) {
        return sliding.segment(
                        manager,
                        "one",
                        shape,
                        images,
                        List.of(Brats.BRATS2020.all()),
                        (done, total) -> {})
                .get(0);
    }

    /** Says class c with a weight that depends on the image and on the place in the window. */
    static NDArray dependsOnPosition(NDArray image, NDArray subset) {
        long[] s = image.getShape().getShape();
        float[] in = image.toFloatArray();
        int voxels = (int) (s[2] * s[3] * s[4]);
        float[] out = new float[CLASSES * voxels];
        for (int c = 0; c < CLASSES; c++) {
            for (int v = 0; v < voxels; v++) {
                out[c * voxels + v] = weight(in[c * voxels + v], v);
            }
        }
        return image.getManager().create(out, new Shape(1, CLASSES, s[2], s[3], s[4]));
    }

    static float weight(float value, int placeInWindow) {
        return value * (1 + (placeInWindow * 7 % 5));
    }

    static NDArray always(NDArray image, int classIndex) {
        Shape s = image.getShape();
        NDArray answer =
                image.getManager().zeros(new Shape(1, CLASSES, s.get(2), s.get(3), s.get(4)));
        answer.get(0).get(classIndex).addi(1);
        return answer;
    }

    /** Values that are whole multiples of 1/64, so that sums do not depend on their order. */
    static float[] randomImages(int[] shape, long seed) {
        Random random = new Random(seed);
        float[] images = new float[4 * shape[0] * shape[1] * shape[2]];
        for (int i = 0; i < images.length; i++) {
            images[i] = random.nextInt(64) / 64f;
        }
        return images;
    }
}
