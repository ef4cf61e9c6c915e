/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.prepare.Extents;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The networks that look at each window, and how they see it. */
final class WindowViews {

    private final List<Segmenter> segmenters;
    private final Mirroring mirroring;
    private final int numClasses;
    private final int[] window;

    WindowViews(List<Segmenter> segmenters, Mirroring mirroring, int numClasses, int... window) {
        this.segmenters = segmenters;
        this.mirroring = mirroring;
        this.numClasses = numClasses;
        this.window = window.clone();
    }

    WindowViews and(Segmenter segmenter) {
        List<Segmenter> more = Stream.concat(segmenters.stream(), Stream.of(segmenter)).toList();
        return new WindowViews(more, mirroring, numClasses, window);
    }

    WindowViews with(Mirroring axes) {
        for (int axis : axes.axes()) {
            if (window[axis] == 1) {
                throw new IllegalArgumentException(
                        "mirroring: expected axes along which the window is not one voxel, %s, got %s"
                                .formatted(Extents.text(window), axes));
            }
        }
        return new WindowViews(segmenters, axes, numClasses, window);
    }

    /**
     * Shows a window to each network, as it is and mirrored, with each of the subsets.
     *
     * @param manager whose device the window goes to; nothing stays on it
     * @param name names the volume in messages
     * @param input the z-scored modalities in the window, (M, D, H, W) in C order
     * @param corner where the window begins in the volume
     * @param subsets the modalities that the network may use, one after another
     * @param slabs take the probabilities, one for each subset
     */
    void look(
            NDManager manager,
            String name,
            float[] input,
            int[] corner,
            List<ModalitySubset> subsets,
            List<ProbabilitySlab> slabs) {
        int modalities = subsets.get(0).mask().length;
        Shape shape = new Shape(1, modalities, window[0], window[1], window[2]);
        for (Segmenter segmenter : segmenters) {
            for (int[] flip : mirroring.flips(2)) {
                try (NDManager scope = manager.newSubManager()) {
                    NDArray image = mirrored(scope.create(input, shape), flip);
                    UnaryOperator<NDArray> prepared = segmenter.prepare(image);
                    for (int s = 0; s < slabs.size(); s++) {
                        ModalitySubset subset = subsets.get(s);
                        float[] answer = probabilities(prepared, subset.toArray(scope), flip);
                        requireFinite(answer, name, subset, corner);
                        slabs.get(s).add(answer, corner);
                    }
                }
            }
        }
    }

    private static NDArray mirrored(NDArray array, int... axes) {
        return axes.length == 0 ? array : array.flip(axes);
    }

    private float[] probabilities(
            UnaryOperator<NDArray> prepared, NDArray subset, int... mirroredAlong) {
        Shape expected = new Shape(1, numClasses, window[0], window[1], window[2]);
        try (NDArray answer = prepared.apply(subset)) {
            if (!answer.getShape().equals(expected)) {
                throw new IllegalArgumentException(
                        "probabilities: expected shape " + expected + ", got " + answer.getShape());
            }
            return mirrored(answer, mirroredAlong).toFloatArray();
        }
    }

    private static void requireFinite(
            float[] answer, String name, ModalitySubset subset, int[] corner) {
        for (float value : answer) {
            if (!Float.isFinite(value)) {
                throw new UserInputException(
                        "case %s with %s, window at %s: expected finite probabilities, got %s"
                                .formatted(name, subset, Arrays.toString(corner), value));
            }
        }
    }
}
