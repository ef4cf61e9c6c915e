/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.model;

import ai.djl.ndarray.NDManager;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.segment.SlidingWindow;
import io.github.gssloss.imaging.segment.Uncertainty;
import io.github.gssloss.imaging.segment.WindowListener;
import io.github.gssloss.imaging.segment.WindowPrediction;
import io.github.gssloss.imaging.segment.WindowUse;
import java.util.List;
import java.util.Optional;

/** Where the branches of networks contradict each other: a further pass over a volume. */
public final class BranchDisagreement {

    private final NDManager manager;
    private final SlidingWindow window;

    private BranchDisagreement(NDManager manager, SlidingWindow window) {
        this.manager = manager;
        this.window = window;
    }

    /**
     * Prepares it.
     *
     * @param networks the networks; of several the mean of each branch counts
     * @param overlap of neighbouring windows, from 0 to below 1
     * @param use how windows are seen and counted
     * @return the disagreement of their branches
     * @throws UserInputException if a network gives its branches in training alone
     */
    public static BranchDisagreement of(Ensemble networks, double overlap, WindowUse use) {
        SlidingWindow window =
                networks.branchWindow(overlap, use)
                        .orElseThrow(
                                () ->
                                        new UserInputException(
                                                "--disagreement: expected a network that gives its"
                                                    + " branches outside of training, got one that"
                                                    + " does not"));
        return new BranchDisagreement(networks.manager(), window);
    }

    /**
     * Returns whether there is anything to disagree.
     *
     * @param subset the modalities that a network is given
     * @return false for a single one
     */
    public static boolean isOf(ModalitySubset subset) {
        return subset.modalities().size() > 1;
    }

    /**
     * Computes the map of a volume.
     *
     * @param name names the volume in messages
     * @param shape depth, height, width of the volume
     * @param images the z-scored modalities, shape (M, D, H, W) in C order
     * @param subset whose branches are asked, at least two
     * @param listener called after each window
     * @return (D, H, W) in C order, see {@link Uncertainty#disagreement}
     * @throws UserInputException if a probability is not finite
     */
    public float[] map(
            String name,
            int[] shape,
            float[] images,
            ModalitySubset subset,
            WindowListener listener) {
        List<ModalitySubset> singles =
                subset.modalities().stream().map(ModalitySubset::of).toList();
        List<float[]> branches =
                window
                        .predict(manager, name, shape, images, singles, one -> true, listener)
                        .stream()
                        .map(WindowPrediction::probabilities)
                        .map(Optional::orElseThrow)
                        .toList();
        return Uncertainty.disagreement(branches, window.numClasses());
    }
}
