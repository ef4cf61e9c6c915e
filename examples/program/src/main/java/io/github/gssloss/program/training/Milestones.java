/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.networks.optim.AmsGrad;
import io.github.gssloss.networks.optim.GlobalNorm;
import io.github.gssloss.networks.weights.BlockWeights;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.runfolder.LossesCsv;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunLength;
import java.io.IOException;
import java.util.Optional;

/**
 * What happens at the end of an epoch, or where a training was asked to stop: a checkpoint, and
 * after it a validation. A run that dies between the two makes up for the validation when it goes
 * on.
 */
final class Milestones {

    private final RunFolder run;
    private final RunSettings settings;
    private final RunLength length;
    private final RunNetwork network;
    private final States states;
    private final Optional<Validation> validation;
    private final StopSignal stop;
    private final String howToGoOn;

    private LossesCsv losses;
    private Optional<SavedState> last = Optional.empty();

    /**
     * Creates them.
     *
     * @param run the run
     * @param network the network that is trained
     * @param validation what judges it on the way
     * @param stop whether to stop
     * @param howToGoOn the command that resumes the run
     */
    Milestones(
            RunFolder run,
            RunNetwork network,
            Optional<Validation> validation,
            StopSignal stop,
            String howToGoOn) {
        this.run = run;
        this.network = network;
        this.validation = validation;
        this.stop = stop;
        this.howToGoOn = howToGoOn;
        settings = run.settings();
        length = RunLength.of(settings);
        states = new States(run);
    }

    /** Begins at a state, with the validation that it may lack. */
    void begin(LossesCsv opened, Optional<SavedState> from) throws IOException {
        losses = opened;
        last = from;
        if (from.isPresent()) {
            validate(from.get());
        }
    }

    /** Hands the moments of a state to an optimiser. */
    void restore(SavedState state, AmsGrad optimizer) {
        MomentsFile.read(states.moments(state), network.parameters(), optimizer);
    }

    /**
     * Does what is to be done after a step that ends an epoch, or at which to stop.
     *
     * @return whether weights were judged
     * @throws TrainingStopped if it was asked to stop, once all is saved
     * @throws UserInputException if a checkpoint cannot be written
     */
    boolean reached(long step, AmsGrad optimizer) throws IOException {
        boolean stopping = stop.requested() && step < length.steps();
        if (stopping || isDue(step)) {
            save(step, optimizer);
        }
        if (stopping) {
            throw stopped(step);
        }
        return last.isPresent() && last.get().step() == step && validate(last.get());
    }

    private boolean isDue(long step) {
        int epochs = length.epochOf(step);
        return epochs % settings.checkpointEvery() == 0
                || epochs % settings.epochs() == 0
                || Validation.isDue(settings, epochs);
    }

    private void save(long step, AmsGrad optimizer) throws IOException {
        checkFinite(step, optimizer);
        Validated validated = last.map(SavedState::validation).orElse(Validated.NEVER);
        try {
            losses.force();
            last = Optional.of(states.write(step, network, optimizer, validated));
        } catch (UserInputException e) {
            throw cannotWrite(e);
        }
    }

    /** Says that writing failed, and what is left. */
    UserInputException cannotWrite(Exception failure) {
        String problem = String.valueOf(failure.getMessage());
        return new UserInputException(
                "%s: cannot be written: %s; what was saved after step %d is whole, go on with: %s"
                        .formatted(run.path(), problem, saved(), howToGoOn),
                failure);
    }

    private long saved() {
        return last.map(SavedState::step).orElse(0L);
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
                    "step %d of epoch %d: the weights or their moments are not finite; the"
                                    .formatted(step - 1, length.epochOf(step - 1))
                            + " checkpoint of step "
                            + saved()
                            + " is whole");
        }
    }

    private boolean validate(SavedState state) throws IOException {
        int epochs = length.epochOf(state.step());
        boolean due = length.inEpoch(state.step()) == 0 && Validation.isDue(settings, epochs);
        if (due && state.validated() < epochs) {
            Validated now =
                    validation
                            .orElseThrow()
                            .judge(
                                    epochs,
                                    states.weights(state),
                                    state.validation(),
                                    (done, total) -> stopWithin(state));
            last = Optional.of(state.with(now));
            states.write(last.get());
            return true;
        }
        return false;
    }

    private void stopWithin(SavedState state) {
        if (stop.requested()) {
            throw stopped(state.step());
        }
    }

    private TrainingStopped stopped(long step) {
        return new TrainingStopped(
                "stopped after step %d of %d, which is saved; go on with: %s"
                        .formatted(step, length.steps(), howToGoOn));
    }
}
