/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import io.github.gssloss.files.Sha256;
import io.github.gssloss.files.WholeFile;
import io.github.gssloss.networks.optim.AmsGrad;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunLength;
import io.github.gssloss.program.runfolder.SavedState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints that a run can go on from. Of each there are the weights, the optimiser's
 * moments, and last the state that names both with their checksums: without it they do not count.
 * The last few stay, and the last at the end of an epoch; older ones are removed when a newer one
 * is whole.
 */
final class States {

    private static final String DAMAGED = ".damaged";
    private static final Pattern OURS =
            Pattern.compile(
                    "(epoch-\\d{5,}|step-\\d{8,})\\.(npz|pt)|state-\\d{8,}\\.(npz|yaml)|.*"
                            + Pattern.quote(WholeFile.TEMPORARY));

    private final RunFolder run;
    private final RunLength length;

    States(RunFolder run) {
        this.run = run;
        length = RunLength.of(run.settings());
    }

    /** Where the weights of a state are. */
    Path weights(SavedState state) {
        return run.checkpoints().resolve(state.weights());
    }

    /** Where the optimiser's moments of a state are. */
    Path moments(SavedState state) {
        return run.checkpoints().resolve(state.moments());
    }

    /**
     * Writes a checkpoint, whole or not at all, and then removes those that are too old.
     *
     * @param leaderCounts the running counts of the loss; none: it has no readiness
     * @param before the state before, whose results of validation still hold
     */
    SavedState write(
            long step,
            RunNetwork network,
            AmsGrad optimizer,
            double[] leaderCounts,
            SavedState before)
            throws IOException {
        String weights = Checkpoints.name(length, step, network.checkpointType());
        String moments = momentsName(step);
        network.save(run.checkpoints().resolve(weights));
        MomentsFile.write(
                run.checkpoints().resolve(moments), network.parameters(), optimizer, leaderCounts);
        SavedState state =
                new SavedState(
                        step,
                        weights,
                        Sha256.ofFile(run.checkpoints().resolve(weights)),
                        moments,
                        Sha256.ofFile(run.checkpoints().resolve(moments)),
                        before.validated(),
                        before.bestEpoch(),
                        before.bestDice());
        write(state);
        keepNewest();
        return state;
    }

    /** Writes a state whose other files are there. */
    void write(SavedState state) throws IOException {
        state.write(run.state(state.step()));
    }

    /** Removes what is too old: the last few stay, and so does the last that ends an epoch. */
    private void keepNewest() throws IOException {
        List<Path> all = Checkpoints.states(run);
        int few = Math.min(all.size(), run.settings().keepCheckpoints());
        Optional<Path> epoch =
                all.stream()
                        .filter(file -> length.inEpoch(Checkpoints.step(file)) == 0)
                        .findFirst();
        keep(Stream.concat(all.stream().limit(few), epoch.stream()).distinct().toList());
    }

    /**
     * Makes way for a run that goes on after a state: what newer states hold, of which something is
     * damaged, gets names that end with {@code .damaged}; what belongs to no state is removed.
     */
    void removeAfter(Optional<SavedState> state) throws IOException {
        long step = state.map(SavedState::step).orElse(-1L);
        List<Path> kept = new ArrayList<>();
        for (Path one : Checkpoints.states(run)) {
            if (Checkpoints.step(one) <= step) {
                kept.add(one);
                continue;
            }
            for (Path file : files(one)) {
                if (Files.exists(file)) {
                    Path aside = file.resolveSibling(file.getFileName() + DAMAGED);
                    Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        keep(kept);
    }

    /** Removes every file of a checkpoint but those of some states, the states before the rest. */
    private void keep(List<Path> states) throws IOException {
        for (Path state : Checkpoints.states(run)) {
            if (!states.contains(state)) {
                Files.delete(state);
            }
        }
        Set<Path> kept = new HashSet<>();
        states.forEach(state -> kept.addAll(files(state)));
        try (Stream<Path> files = Files.list(run.checkpoints())) {
            for (Path file : files.filter(file -> !kept.contains(file)).toList()) {
                if (OURS.matcher(file.toFile().getName()).matches()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** The files of a state, itself first: its weights are of one of the two types. */
    private List<Path> files(Path state) {
        long step = Checkpoints.step(state);
        return Stream.of(
                        state.toFile().getName(),
                        momentsName(step),
                        Checkpoints.name(length, step, "npz"),
                        Checkpoints.name(length, step, "pt"))
                .map(state::resolveSibling)
                .toList();
    }

    private static String momentsName(long step) {
        return String.format(Locale.ROOT, "state-%08d.npz", step);
    }
}
