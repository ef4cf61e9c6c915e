/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.runfolder;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The weights of a run after some of its epochs or steps, one file each: their names, and which are
 * the newest that are whole.
 */
public final class Checkpoints {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final Pattern NAME = Pattern.compile("epoch-(\\d{5,9})\\.(npz|pt)");
    private static final Pattern STEP_NAME = Pattern.compile("step-(\\d{8,18})\\.(npz|pt)");
    private static final Pattern STATE = Pattern.compile("state-(\\d{8,18})\\.yaml");

    private Checkpoints() {}

    /**
     * Returns the name of a file.
     *
     * @param epochs the number of epochs done, over all rounds
     * @param type the ending, npz or pt
     * @return {@code epoch-00012.npz}
     */
    public static String name(int epochs, String type) {
        return String.format(Locale.ROOT, "epoch-%05d.%s", epochs, type);
    }

    /**
     * Returns the name of the file of the weights after a step. Those between two epochs are no
     * epoch's.
     *
     * @param length how long the run is
     * @param step the number of steps done
     * @param type the ending, npz or pt
     * @return {@code epoch-00012.npz} or {@code step-00000125.npz}
     */
    public static String name(RunLength length, long step, String type) {
        return length.inEpoch(step) == 0
                ? name(length.epochOf(step), type)
                : String.format(Locale.ROOT, "step-%08d.%s", step, type);
    }

    /**
     * Finds the newest weights of a run: those of its newest state that is whole, at the end of an
     * epoch or not. A newer one that is damaged is logged. In a run without states, as of imported
     * weights or an exported model, they are the latest.
     *
     * @param run the run
     * @return the file
     * @throws UserInputException if it has none, or none of its states is whole
     */
    public static Path last(RunFolder run) {
        try {
            Optional<SavedState> state = newest(run, LOG::warn);
            if (state.isPresent()) {
                return run.checkpoints().resolve(state.get().weights());
            }
            try (Stream<Path> files = Files.list(run.checkpoints())) {
                return files.filter(file -> isName(file.toFile().getName()))
                        .max(Comparator.comparingLong(file -> stepsDone(run, file)))
                        .orElseThrow(() -> none(run));
            }
        } catch (NoSuchFileException e) {
            throw none(run);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Says which weights of a run a file holds.
     *
     * @param run the run
     * @param file the file
     * @return for example {@code weights of run: step-00000013.npz, after step 13 of 40}
     */
    public static String words(RunFolder run, Path file) {
        RunLength length = RunLength.of(run.settings());
        long step = stepsDone(run, file);
        String words = "weights of %s: %s".formatted(run.name(), file.toFile().getName());
        return step > 0 ? "%s, after step %d of %d".formatted(words, step, length.steps()) : words;
    }

    /** The steps after which a checkpoint was written; -1 where its name does not say. */
    private static long stepsDone(RunFolder run, Path file) {
        long epochs = number(NAME, file);
        return epochs >= 0
                ? epochs * RunLength.of(run.settings()).iterations()
                : number(STEP_NAME, file);
    }

    /** Whether a file of weights is named so. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches() || STEP_NAME.matcher(name).matches();
    }

    /**
     * Finds the newest state that is as it was written.
     *
     * @param run the run
     * @param notes takes a line on the newer ones that are not
     * @return empty if there is no state
     * @throws UserInputException if there are, but none is as it was written
     * @throws IOException if the folder cannot be read
     */
    public static Optional<SavedState> newest(RunFolder run, Consumer<String> notes)
            throws IOException {
        List<String> damaged = new ArrayList<>();
        for (Path file : states(run)) {
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

    /**
     * Finds the files of the states of a run, whole or not.
     *
     * @param run the run
     * @return the newest first
     * @throws IOException if the folder cannot be read
     */
    public static List<Path> states(RunFolder run) throws IOException {
        try (Stream<Path> files = Files.list(run.checkpoints())) {
            return files.filter(file -> step(file) >= 0)
                    .sorted(Comparator.comparingLong(Checkpoints::step).reversed())
                    .toList();
        }
    }

    /**
     * Returns the step of a state by the name of its file.
     *
     * @param state a file that {@link #states} found
     * @return the number of steps done
     */
    public static long step(Path state) {
        return number(STATE, state);
    }

    /** The number in a name; -1 where it is no such name. */
    private static long number(Pattern pattern, Path file) {
        Matcher matcher = pattern.matcher(file.toFile().getName());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    private static UserInputException none(RunFolder run) {
        return new UserInputException(
                run.path() + ": expected a checkpoint in " + run.checkpoints() + ", found none");
    }
}
