/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.model;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.gssloss.files.Counted;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.prepare.Extents;
import io.github.gssloss.imaging.segment.Segmenter;
import io.github.gssloss.imaging.segment.SlidingWindow;
import io.github.gssloss.imaging.segment.WindowUse;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The network of a run, or those of several whose probabilities are averaged. */
public final class Ensemble implements AutoCloseable {

    private final List<RunNetwork> networks;

    private Ensemble(List<RunNetwork> networks) {
        this.networks = List.copyOf(networks);
    }

    /**
     * Checks that the networks of runs can look at the same windows.
     *
     * @param runs the runs, at least one
     * @param use how windows are seen
     * @throws UserInputException one line that names two runs and what differs, or the axis along
     *     which windows cannot be mirrored
     */
    public static void check(List<RunFolder> runs, WindowUse use) {
        RunFolder first = runs.get(0);
        int[] sides = first.settings().crop().sides();
        if (use.mirroring().axes().stream().anyMatch(axis -> sides[axis] == 1)) {
            throw new UserInputException(
                    "--mirror: expected axes along which the run's crop %s is more than one voxel,"
                                    .formatted(Extents.text(sides))
                            + " got "
                            + use.mirroring());
        }
        for (RunFolder other : runs.subList(1, runs.size())) {
            same(first, other, "data set", RunSettings::description);
            same(first, other, "crop", one -> List.of(one.crop()));
            same(first, other, "preparation", one -> one.preparation().record());
            same(first, other, "device", RunSettings::device);
        }
    }

    private static void same(
            RunFolder one, RunFolder other, String what, Function<RunSettings, Object> of) {
        if (!of.apply(one.settings()).equals(of.apply(other.settings()))) {
            throw new UserInputException(
                    "--run: expected runs of one %s to average, got %s and %s with different ones"
                            .formatted(what, one.path(), other.path()));
        }
    }

    /**
     * Says what it costs where a window is seen more than once.
     *
     * @param runs the number of runs
     * @param use how windows are seen
     * @return one line; empty where each window is seen once
     */
    public static Optional<String> cost(int runs, WindowUse use) {
        int views = use.mirroring().views();
        return runs * views == 1
                ? Optional.empty()
                : Optional.of(
                        "%d passes for each window: %s, each window seen in %s"
                                .formatted(
                                        runs * views,
                                        Counted.of(runs, "network"),
                                        Counted.of(views, "way")));
    }

    /**
     * Loads the networks.
     *
     * @param weights the weights of each run, as {@link #check} wants the runs
     * @return the networks, their parameters frozen
     * @throws UserInputException if weights do not fit, or a device is not there
     */
    public static Ensemble open(List<RunWeights> weights) {
        List<RunNetwork> networks = new ArrayList<>();
        try {
            for (RunWeights one : weights) {
                RunFolder run = one.run();
                networks.add(
                        run.naming(() -> RunNetwork.trained(run.settings(), one.checkpoint())));
            }
            return new Ensemble(networks);
        } catch (RuntimeException e) {
            networks.forEach(RunNetwork::close);
            throw e;
        }
    }

    /**
     * Returns the first of the networks.
     *
     * @return the network
     */
    public RunNetwork first() {
        return networks.get(0);
    }

    /**
     * Returns whose device windows go to.
     *
     * @return the manager of the first network
     */
    public NDManager manager() {
        return first().manager();
    }

    /**
     * Segments in windows of the size of the runs' crops with the mean of the networks'
     * probabilities.
     *
     * @param overlap the overlap of neighbouring windows, from 0 to below 1
     * @param use how windows are seen and counted
     * @return the sliding window
     */
    public SlidingWindow slidingWindow(double overlap, WindowUse use) {
        return window(networks.stream().map(RunNetwork::segmenter).toList(), overlap, use);
    }

    /**
     * Segments by the branches: with the subset of a single modality, by the mean of the
     * probabilities of its branches.
     *
     * @param overlap the overlap of neighbouring windows, from 0 to below 1
     * @param use how windows are seen and counted
     * @return the sliding window; empty where a network gives its branches in training alone
     */
    public Optional<SlidingWindow> branchWindow(double overlap, WindowUse use) {
        List<Segmenter> branches = new ArrayList<>();
        for (RunNetwork network : networks) {
            Optional<UnaryOperator<NDList>> outputs = network.branches();
            if (outputs.isEmpty()) {
                return Optional.empty();
            }
            branches.add(
                    new BranchSegmenter(outputs.get(), network.settings().outputs().outputs()));
        }
        return Optional.of(window(branches, overlap, use));
    }

    private SlidingWindow window(List<Segmenter> segmenters, double overlap, WindowUse use) {
        RunSettings settings = first().settings();
        SlidingWindow window =
                new SlidingWindow(
                        segmenters.get(0),
                        settings.description().labels().classes(),
                        settings.crop().sides(),
                        overlap);
        for (Segmenter another : segmenters.subList(1, segmenters.size())) {
            window = window.and(another);
        }
        return use.of(window);
    }

    @Override
    public void close() {
        networks.forEach(RunNetwork::close);
    }
}
