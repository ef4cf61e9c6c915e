/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.runfolder;

import io.github.gssloss.files.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A run and which of its weights are used.
 *
 * @param run the run
 * @param checkpoint the weights
 */
public record RunWeights(RunFolder run, Path checkpoint) {

    /**
     * Chooses the weights of a run.
     *
     * @param run the run
     * @param checkpoint the weights; empty: the last of the run
     * @return run and weights
     * @throws io.github.gssloss.files.UserInputException if the run has no weights
     */
    public static RunWeights of(RunFolder run, Optional<Path> checkpoint) {
        return new RunWeights(run, checkpoint.orElseGet(() -> Checkpoints.last(run)));
    }

    /**
     * Says which weights are used.
     *
     * @return run, file and step in one line
     */
    public String words() {
        return Checkpoints.words(run, checkpoint);
    }

    /**
     * Returns the weights as records name them.
     *
     * @return run, checkpoint and sha256
     * @throws IOException if the weights cannot be read
     */
    public Map<String, Object> fields() throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("run", run.place(run.path()));
        fields.put("checkpoint", run.place(checkpoint));
        fields.put("sha256", Sha256.ofFile(checkpoint));
        return fields;
    }
}
