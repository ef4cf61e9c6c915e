/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.prepare.BoundingBox;
import io.github.gssloss.imaging.prepare.Extents;
import io.github.gssloss.imaging.prepare.Padding;
import io.github.gssloss.imaging.prepare.PreparedCase;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Segments a whole volume through overlapping windows of the size a network was trained on: along
 * each axis they start at 0, P/2, 2P/2, ... and L - P (for an overlap of one half). The
 * probabilities of the windows that see a voxel count alike, and the class with the largest mean
 * wins, the lower one on a tie.
 *
 * <p>A volume smaller than the window is padded with {@link Padding#background}, and the result cut
 * back.
 *
 * <p>A window in which no modality varies holds background alone: it is not shown to the network
 * and its voxels, unless another window sees them, are class 0.
 *
 * <p>The probabilities are summed on the Java heap, so that a device holds one window at a time, in
 * a slab as thick as the window: with windows of 80^3 a volume of 150 x 190 x 150 with four classes
 * takes 40 MB for each subset that is segmented at once.
 *
 * <p>Several networks may look at each window, and each may see it mirrored as well ({@link
 * #and(Segmenter)}, {@link #with(Mirroring)}): all of these probabilities count alike. Near its
 * border a window may count less ({@link #with(WindowWeights)}).
 *
 * <p>Nothing here records gradients, but DJL's API cannot switch recording off: call it outside any
 * gradient collector, in the thread that started the engine or with frozen parameters, or the
 * network keeps each window's activations until the window is done.
 */
public final class SlidingWindow {

    private final WindowViews views;
    private final int numClasses;
    private final int[] window;
    private final double overlap;
    private final WindowWeights weights;

    /**
     * Creates the procedure with an overlap of one half.
     *
     * @param segmenter the network
     * @param numClasses the number of its classes, N
     * @param window depth, height, width of the window, or one number for a cube
     * @throws IllegalArgumentException as the last constructor
     */
    public SlidingWindow(Segmenter segmenter, int numClasses, int... window) {
        this(segmenter, numClasses, window, 0.5);
    }

    /**
     * Creates the procedure with an overlap of one half.
     *
     * @param network from images (B, M, D, H, W) and subsets (B, M) to outputs of which the first
     *     is the fused probabilities, such as {@code trainer::evaluate}
     * @param numClasses the number of its classes, N
     * @param window depth, height, width of the window, or one number for a cube
     * @throws IllegalArgumentException as the last constructor
     */
    public SlidingWindow(UnaryOperator<NDList> network, int numClasses, int... window) {
        this(
                (image, subset) -> network.apply(new NDList(image, subset)).head(),
                numClasses,
                window);
    }

    /**
     * Creates the procedure.
     *
     * @param segmenter the network
     * @param numClasses the number of its classes, N
     * @param window depth, height, width of the window, or one number for a cube
     * @param overlap the share of a window that the next one covers again, from 0 to below 1
     * @throws IllegalArgumentException if the window has not three positive sizes, or the overlap
     *     or the number of classes is out of range
     */
    public SlidingWindow(Segmenter segmenter, int numClasses, int[] window, double overlap) {
        if (numClasses < 2 || numClasses > Byte.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "numClasses: expected 2 to " + Byte.MAX_VALUE + ", got " + numClasses);
        }
        this.numClasses = numClasses;
        this.window = Extents.requireCrop("window", window);
        this.views = new WindowViews(List.of(segmenter), Mirroring.NONE, numClasses, this.window);
        this.overlap = WindowGrid.requireOverlap(overlap);
        this.weights = WindowWeights.UNIFORM;
    }

    private SlidingWindow(SlidingWindow other, WindowViews views, WindowWeights weights) {
        this.views = views;
        this.numClasses = other.numClasses;
        this.window = other.window;
        this.overlap = other.overlap;
        this.weights = weights;
    }

    /**
     * Returns this procedure with a further network: the probabilities of all are averaged.
     *
     * @param segmenter a network of the same classes, modalities and window
     * @return a procedure that differs in this alone
     */
    public SlidingWindow and(Segmenter segmenter) {
        return new SlidingWindow(this, views.and(segmenter), weights);
    }

    /**
     * Returns this procedure with each window also seen mirrored.
     *
     * @param axes the axes to mirror along
     * @return a procedure that differs in this alone
     * @throws IllegalArgumentException if the window is a single voxel along one of the axes
     */
    public SlidingWindow with(Mirroring axes) {
        return new SlidingWindow(this, views.with(axes), weights);
    }

    /**
     * Returns this procedure with other weights of overlapping windows.
     *
     * @param other how much a window counts for a voxel
     * @return a procedure that differs in this alone
     */
    public SlidingWindow with(WindowWeights other) {
        return new SlidingWindow(this, views, other);
    }

    /**
     * Returns the number of classes.
     *
     * @return N
     */
    public int numClasses() {
        return numClasses;
    }

    /**
     * Returns the size of the window.
     *
     * @return depth, height, width
     */
    public int[] window() {
        return window.clone();
    }

    /**
     * Segments a case with all modalities that it has.
     *
     * @param manager whose device the windows go to; nothing stays on it
     * @param prepared the case
     * @return the class of each voxel of the prepared volume, shape (D, H, W) in C order
     * @throws UserInputException as the other method
     * @throws IllegalArgumentException as the other method
     */
    public byte[] segment(NDManager manager, PreparedCase prepared) {
        ModalitySubset subset = new ModalitySubset(prepared.files().images().keySet());
        return segment(
                        manager,
                        prepared.name(),
                        prepared.shape(),
                        prepared.images(),
                        List.of(subset),
                        (done, total) -> {})
                .get(0);
    }

    /**
     * Segments one volume with each of some subsets. Each window is prepared once for all of them
     * ({@link Segmenter#prepare}).
     *
     * @param manager whose device the windows go to; nothing stays on it
     * @param name names the volume in messages
     * @param shape depth, height, width of the volume
     * @param images the z-scored modalities, shape (M, D, H, W) in C order
     * @param subsets the modalities that the network may use, one after another, at least one
     * @param listener called after each window
     * @return for each subset the class of each voxel, shape (D, H, W) in C order
     * @throws UserInputException if a probability is not finite
     * @throws IllegalArgumentException if the images have another size than the shape says, or the
     *     network answers with another shape
     */
    public List<byte[]> segment(
            NDManager manager,
            String name,
            int[] shape,
            float[] images,
            List<ModalitySubset> subsets,
            WindowListener listener) {
        Padding padding = Padding.to(shape, window);
        return slabs(manager, name, padding, images, subsets, one -> false, listener).stream()
                .map(slab -> padding.cut(slab.classes()))
                .toList();
    }

    /**
     * Segments as {@link #segment(NDManager, String, int[], float[], List, WindowListener)} does,
     * and keeps probabilities: 4 bytes for each class and voxel of each subset that is kept.
     *
     * @param manager as there
     * @param name as there
     * @param shape as there
     * @param images as there
     * @param subsets as there
     * @param kept of which subsets the probabilities are kept
     * @param listener as there
     * @return for each subset classes, and probabilities where they are kept
     * @throws UserInputException as there
     * @throws IllegalArgumentException as there
     */
    public List<WindowPrediction> predict(
            NDManager manager,
            String name,
            int[] shape,
            float[] images,
            List<ModalitySubset> subsets,
            Predicate<ModalitySubset> kept,
            WindowListener listener) {
        Padding padding = Padding.to(shape, window);
        return slabs(manager, name, padding, images, subsets, kept, listener).stream()
                .map(
                        slab ->
                                new WindowPrediction(
                                        padding.cut(slab.classes()),
                                        slab.probabilities().map(all -> cut(all, padding))))
                .toList();
    }

    private static float[] cut(float[] probabilities, Padding padding) {
        return padding.inside().cut(probabilities, padding.shape());
    }

    private List<ProbabilitySlab> slabs(
            NDManager manager,
            String name,
            Padding padding,
            float[] given,
            List<ModalitySubset> subsets,
            Predicate<ModalitySubset> kept,
            WindowListener listener) {
        int modalities = subsets.get(0).mask().length;
        int values = modalities * padding.inside().voxels();
        if (given.length != values) {
            throw new IllegalArgumentException(
                    "images: expected %s values, got %s".formatted(values, given.length));
        }
        float[] images = padding.isEmpty() ? given : padding.pad(given, padding.background(given));
        int[] shape = padding.shape();
        float[] share = weights.of(window);
        List<ProbabilitySlab> slabs =
                subsets.stream()
                        .map(
                                one ->
                                        new ProbabilitySlab(
                                                shape, window, numClasses, share, kept.test(one)))
                        .toList();
        List<int[]> corners = WindowGrid.corners(shape, window, overlap);
        for (int w = 0; w < corners.size(); w++) {
            float[] input = BoundingBox.of(corners.get(w), window).cut(images, shape);
            if (varies(input, modalities)) {
                views.look(manager, name, input, corners.get(w), subsets, slabs);
            }
            listener.done(w + 1, corners.size());
        }
        return slabs;
    }

    private static boolean varies(float[] input, int modalities) {
        int voxels = input.length / modalities;
        for (int i = 0; i < input.length; i++) {
            if (input[i] != input[i / voxels * voxels]) {
                return true;
            }
        }
        return false;
    }
}
