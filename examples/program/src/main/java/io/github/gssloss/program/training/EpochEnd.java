/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import ai.djl.util.Progress;
import io.github.gssloss.djl.GssLoss;
import io.github.gssloss.files.StopSignal;
import io.github.gssloss.files.StoppedException;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.networks.optim.AmsGrad;
import io.github.gssloss.networks.optim.GlobalNorm;
import io.github.gssloss.networks.weights.BlockWeights;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunLength;
import io.github.gssloss.program.runfolder.SavedState;
import java.io.IOException;
import java.util.Optional;

/**
 * What happens at the end of an epoch, or where a training was asked to stop: a checkpoint, and
 * after it a validation. A run that dies between the two makes up for the validation when it goes
 * on.
 */
final class EpochEnd {

    private final RunFolder run;
    private final RunSettings settings;
    private final RunLength length;
    private final RunNetwork network;
    private final LossLog losses;
    private final States states;
    private final Optional<Validation> validation;
    private final String howToResume;

    private SavedState last = SavedState.NONE;

    EpochEnd(
            RunFolder run,
            RunNetwork network,
            LossLog losses,
            TrainingCases cases,
            Progress progress) {
        this.run = run;
        this.network = network;
        this.losses = losses;
        settings = run.settings();
        length = RunLength.of(settings);
        states = new States(run);
        validation = cases.validation().map(opened -> new Validation(run, opened, progress));
        howToResume = cases.howToResume(run);
    }

    /** Begins at a state, with the validation that it may lack. */
    void begin(Optional<SavedState> from) throws IOException {
        if (from.isPresent()) {
            last = from.get();
            validate();
        }
    }

    /** Hands the moments of a state to an optimiser. */
    void restore(SavedState state, AmsGrad optimizer) {
        MomentsFile.read(states.moments(state), network.parameters(), optimizer);
    }

    /** The running counts of a state's loss; none without readiness. */
    double[] leaderCounts(SavedState state) {
        return settings.loss().readiness().isPresent()
                ? MomentsFile.leaderCounts(states.moments(state))
                : new double[0];
    }

    /**
     * Does what is to be done after a step that ends an epoch, or at which to stop.
     *
     * @return whether weights were validated
     * @throws StoppedException if it was asked to stop, once all is saved
     * @throws UserInputException if a checkpoint cannot be written
     */
    boolean reached(long step, AmsGrad optimizer, GssLoss loss) throws IOException {
        boolean stopping = StopSignal.requested() && step < length.steps();
        if (stopping || isDue(step)) {
            save(step, optimizer, loss);
        }
        if (stopping) {
            throw stopped();
        }
        return last.step() == step && validate();
    }

    private boolean isDue(long step) {
        int epochs = length.epochOf(step);
        return epochs % settings.checkpointEvery() == 0
                || epochs % settings.epochs() == 0
                || Validation.isDue(settings, epochs);
    }

    private void save(long step, AmsGrad optimizer, GssLoss loss) throws IOException {
        checkFinite(step, optimizer);
        try {
            losses.force();
            last = states.write(step, network, optimizer, loss.getLeaderCounts(), last);
        } catch (UserInputException e) {
            throw cannotWrite(e);
        }
    }

    /** Says that writing failed, and what is left. */
    UserInputException cannotWrite(Exception failure) {
        return new UserInputException(
                "%s: cannot be written: %s; what was saved after step %d is whole, go on with: %s"
                        .formatted(run.path(), failure.getMessage(), last.step(), howToResume),
                failure);
    }

    /** A checkpoint with something else than numbers would take the place of a good one. */
    private void checkFinite(long step, AmsGrad optimizer) {
        NDList arrays = new NDList();
        for (Parameter parameter : BlockWeights.parameters(network.parameters()).values()) {
            arrays.add(parameter.getArray());
            Optional.ofNullable(optimizer.moments().get(parameter.getId()))
                    .map(AmsGrad.Moments::mean)
                    .ifPresent(arrays::add);
        }
        if (!Float.isFinite(GlobalNorm.of(arrays))) {
            throw new IllegalStateException(
                    ("step %d of epoch %d: the weights or their moments are not finite; the"
                                    + " checkpoint of step %d is whole")
                            .formatted(step - 1, length.epochOf(step - 1), last.step()));
        }
    }

    private boolean validate() throws IOException {
        if (!Validation.isMissing(settings, last)) {
            return false;
        }
        int epochs = length.epochOf(last.step());
        last =
                validation
                        .orElseThrow()
                        .evaluate(epochs, last, states.weights(last), this::stopWithin);
        states.write(last);
        return true;
    }

    private void stopWithin(int windowsDone, int windows) {
        if (StopSignal.requested()) {
            throw stopped();
        }
    }

    private StoppedException stopped() {
        return new StoppedException(
                "stopped after step %d of %d, which is saved; go on with: %s"
                        .formatted(last.step(), length.steps(), howToResume));
    }
}
