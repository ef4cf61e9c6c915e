/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.runfolder;

import io.github.gssloss.files.Sha256;
import io.github.gssloss.files.WholeFile;
import io.github.gssloss.program.config.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import tools.jackson.core.JacksonException;

/**
 * All that a training needs to go on after a step: two files with their checksums, and the results
 * of validation. As a file it is YAML whose last line is the checksum of the lines above.
 *
 * @param step the number of steps done
 * @param weights the name of the file of the weights, in the same folder
 * @param weightsSha256 its checksum
 * @param moments the name of the file of the optimiser's moments
 * @param momentsSha256 its checksum
 * @param validated the number of epochs done at the last validation, 0 before the first
 * @param bestEpoch the number of epochs done at the best validation, 0 before the first
 * @param bestDice its score, 0 before the first
 */
public record SavedState(
        long step,
        String weights,
        String weightsSha256,
        String moments,
        String momentsSha256,
        int validated,
        int bestEpoch,
        double bestDice) {

    private static final String CHECKSUM = "sha256: ";

    /** Before the first. */
    public static final SavedState NONE = new SavedState(0, "", "", "", "", 0, 0, 0);

    /**
     * Returns the same after a further validation: the earliest of equal scores is the best.
     *
     * @param epochs the number of epochs done
     * @param dice the score, 0 to 1
     * @return the state to write
     */
    public SavedState validated(int epochs, double dice) {
        boolean better = bestEpoch == 0 || dice > bestDice;
        return new SavedState(
                step,
                weights,
                weightsSha256,
                moments,
                momentsSha256,
                epochs,
                better ? epochs : bestEpoch,
                better ? dice : bestDice);
    }

    /**
     * Writes the state, whose two files are there.
     *
     * @param file the file
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        String text = Yaml.MAPPER.writeValueAsString(this);
        WholeFile.write(file, text + CHECKSUM + checksum(text) + "\n");
    }

    /**
     * Reads a state and looks at the files that it names.
     *
     * @param file the file
     * @return the state
     * @throws IOException if one of the three cannot be read or is not as it was written; the
     *     message says which
     */
    public static SavedState read(Path file) throws IOException {
        SavedState state = parse(file);
        check(file.resolveSibling(state.weights), state.weightsSha256);
        check(file.resolveSibling(state.moments), state.momentsSha256);
        return state;
    }

    private static SavedState parse(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        int end = text.lastIndexOf(CHECKSUM);
        String body = text.substring(0, Math.max(end, 0));
        if (end < 0 || !text.substring(end).equals(CHECKSUM + checksum(body) + "\n")) {
            throw damaged(file);
        }
        try {
            return Yaml.MAPPER.readValue(body, SavedState.class);
        } catch (JacksonException e) {
            throw new IOException(file.toFile().getName() + " is of another version", e);
        }
    }

    private static void check(Path file, String sha256) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file.toFile().getName() + " is missing");
        }
        if (!Sha256.ofFile(file).equals(sha256)) {
            throw damaged(file);
        }
    }

    private static IOException damaged(Path file) {
        return new IOException(file.toFile().getName() + " is damaged: its checksum is wrong");
    }

    private static String checksum(String text) {
        return HexFormat.of().formatHex(Sha256.of(text));
    }
}
