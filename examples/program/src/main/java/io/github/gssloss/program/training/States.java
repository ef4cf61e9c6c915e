/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import io.github.gssloss.files.Sha256;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.files.WholeFile;
import io.github.gssloss.networks.optim.AmsGrad;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunLength;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints that a run can go on from. Of each there are the weights, the optimiser's
 * moments, and last the state that names both with their checksums: without it they do not count.
 * The last few stay, older ones are removed when a newer one is whole.
 */
final class States {

    private static final Pattern STATE = Pattern.compile("state-(\\d{8,})\\.yaml");
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
     * @param before the state before, whose results of validation still hold
     */
    SavedState write(long step, RunNetwork network, AmsGrad optimizer, SavedState before)
            throws IOException {
        String weights = name(step, network.checkpointType());
        String moments = String.format(Locale.ROOT, "state-%08d.npz", step);
        network.save(run.checkpoints().resolve(weights));
        MomentsFile.write(run.checkpoints().resolve(moments), network.parameters(), optimizer);
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
        List<Path> all = all();
        keep(all.subList(0, Math.min(all.size(), run.settings().keepCheckpoints())));
        return state;
    }

    /** Writes a state whose other files are there. */
    void write(SavedState state) throws IOException {
        state.write(run.state(state.step()));
    }

    /** Weights between two epochs are no epoch's. */
    private String name(long step, String type) {
        return length.inEpoch(step) == 0
                ? Checkpoints.name(length.epochOf(step), type)
                : String.format(Locale.ROOT, "step-%08d.%s", step, type);
    }

    /**
     * Finds the newest checkpoint that is as it was written.
     *
     * @param notes takes a line on the newer ones that are not
     * @return empty if there is no checkpoint
     * @throws UserInputException if there are, but none is as it was written
     */
    Optional<SavedState> newest(Consumer<String> notes) throws IOException {
        List<String> damaged = new ArrayList<>();
        for (Path file : all()) {
            try {
                SavedState state = SavedState.read(file);
                if (!damaged.isEmpty()) {
                    notes.accept(
                            String.join("; ", damaged)
                                    + "; taking the one of step "
                                    + state.step());
                }
                return Optional.of(state);
            } catch (IOException e) {
                damaged.add("checkpoint of step " + step(file) + ": " + e.getMessage());
            }
        }
        if (!damaged.isEmpty()) {
            throw new UserInputException(
                    "%s: expected a whole checkpoint, found none: %s"
                            .formatted(run.checkpoints(), String.join("; ", damaged)));
        }
        return Optional.empty();
    }

    /** Removes what is newer than a state, as far as it is a file of a checkpoint. */
    void removeAfter(Optional<SavedState> state) throws IOException {
        long step = state.map(SavedState::step).orElse(-1L);
        keep(all().stream().filter(file -> step(file) <= step).toList());
    }

    /** The states, the newest first. */
    private List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(run.checkpoints())) {
            return files.filter(file -> matches(STATE).test(file))
                    .sorted(Comparator.comparingLong(States::step).reversed())
                    .toList();
        }
    }

    private static long step(Path state) {
        Matcher matcher = STATE.matcher(state.toFile().getName());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    /** Removes every file of a checkpoint but those of some states, the states before the rest. */
    private void keep(List<Path> states) throws IOException {
        Set<Path> kept = new HashSet<>(states);
        for (Path state : all()) {
            if (!kept.contains(state)) {
                Files.delete(state);
            }
        }
        for (Path state : states) {
            String step = state.toFile().getName().replace(".yaml", ".npz");
            kept.add(state.resolveSibling(step));
            for (String type : List.of("npz", "pt")) {
                kept.add(state.resolveSibling(name(step(state), type)));
            }
        }
        try (Stream<Path> files = Files.list(run.checkpoints())) {
            Predicate<Path> surplus = matches(OURS).and(file -> !kept.contains(file));
            for (Path file : files.filter(surplus).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Predicate<Path> matches(Pattern pattern) {
        return file -> pattern.matcher(file.toFile().getName()).matches();
    }
}
