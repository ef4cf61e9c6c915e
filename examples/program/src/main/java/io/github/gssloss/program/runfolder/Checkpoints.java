/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.runfolder;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The weights of a run after some of its epochs, one file each: their names in one place. */
public final class Checkpoints {

    private static final Pattern NAME = Pattern.compile("epoch-(\\d{5,})\\.(npz|pt)");

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
     * Finds the newest weights of a run.
     *
     * @param run the run
     * @return the file
     * @throws UserInputException if it has none
     */
    public static Path last(RunFolder run) {
        try (Stream<Path> files = Files.list(run.checkpoints())) {
            return files.filter(file -> epochs(file) >= 0)
                    .max(Comparator.comparingInt(Checkpoints::epochs))
                    .orElseThrow(() -> none(run));
        } catch (NoSuchFileException e) {
            throw none(run);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int epochs(Path file) {
        Matcher matcher = NAME.matcher(file.toFile().getName());
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    private static UserInputException none(RunFolder run) {
        return new UserInputException(
                run.path() + ": expected a checkpoint in " + run.checkpoints() + ", found none");
    }
}
