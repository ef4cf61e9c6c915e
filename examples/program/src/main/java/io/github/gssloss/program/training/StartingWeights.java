/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.runfolder.ModelArchive;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The weights that a training begins with: an archive of weights, or those in an exported model.
 *
 * @param file the archive of weights
 * @param model the model that it was unpacked from
 */
record StartingWeights(Path file, Optional<ModelArchive> model) {

    /** Finds the weights in what the setting {@code model.weights} names. */
    static StartingWeights of(Path named) {
        if (!ModelArchive.isModel(named)) {
            return new StartingWeights(named, Optional.empty());
        }
        ModelArchive model = ModelArchive.unpack(named);
        return new StartingWeights(model.weights(), Optional.of(model));
    }

    /** Copies them into a network; returns the arrays that it has no use for. */
    List<String> loadInto(RunNetwork network) {
        return model.map(one -> one.naming(() -> network.load(file)))
                .orElseGet(() -> network.load(file));
    }
}
