/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.networks.optim.AmsGrad;
import io.github.gssloss.networks.weights.BlockWeights;
import io.github.gssloss.networks.weights.NpzFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The moments of an optimiser as an {@code .npz} archive: {@code mean/}, {@code variance/} and
 * {@code maxVariance/} before the published name of each parameter. Where classes are distilled
 * once they are ready, {@code leaderCounts} as well, the running counts of the loss.
 */
final class MomentsFile {

    private static final String MEAN = "mean/";
    private static final String VARIANCE = "variance/";
    private static final String MAX_VARIANCE = "maxVariance/";
    private static final String LEADER_COUNTS = "leaderCounts";

    private MomentsFile() {}

    /**
     * Writes the archive.
     *
     * @param leaderCounts the running counts of the loss; none: they are left out
     */
    static void write(Path file, Block block, AmsGrad optimizer, double[] leaderCounts)
            throws IOException {
        try (NDManager scope = NDManager.newBaseManager()) {
            NDList arrays = new NDList();
            BlockWeights.parameters(block)
                    .forEach(
                            (name, parameter) -> {
                                AmsGrad.Moments one = optimizer.moments().get(parameter.getId());
                                if (one != null) {
                                    arrays.add(named(scope, MEAN + name, one.mean()));
                                    arrays.add(named(scope, VARIANCE + name, one.variance()));
                                    arrays.add(
                                            named(scope, MAX_VARIANCE + name, one.maxVariance()));
                                }
                            });
            if (leaderCounts.length > 0) {
                arrays.add(named(scope, LEADER_COUNTS, scope.create(leaderCounts)));
            }
            NpzFile.write(file, arrays);
        }
    }

    /**
     * Reads the running counts of a loss.
     *
     * @throws UserInputException if the file has none
     */
    static double[] leaderCounts(Path file) {
        try (NDManager scope = NDManager.newBaseManager()) {
            return NpzFile.read(scope, file).stream()
                    .filter(array -> LEADER_COUNTS.equals(array.getName()))
                    .map(NDArray::toDoubleArray)
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new UserInputException(
                                            file
                                                    + ": expected "
                                                    + LEADER_COUNTS
                                                    + ", which loss.readiness.bar needs to go on,"
                                                    + " got none"));
        }
    }

    private static NDArray named(NDManager scope, String name, NDArray array) {
        NDArray alias = array.stopGradient();
        alias.attach(scope);
        alias.setName(name);
        return alias;
    }

    /**
     * Hands the moments of a file to an optimiser.
     *
     * @throws UserInputException if they are not those of the block's parameters
     */
    static void read(Path file, Block block, AmsGrad optimizer) {
        try (NDManager scope = NDManager.newBaseManager()) {
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            NpzFile.read(scope, file).forEach(array -> arrays.put(array.getName(), array));
            arrays.remove(LEADER_COUNTS);
            for (Map.Entry<String, Parameter> one : BlockWeights.parameters(block).entrySet()) {
                NDArray mean = arrays.remove(MEAN + one.getKey());
                NDArray variance = arrays.remove(VARIANCE + one.getKey());
                NDArray maxVariance = arrays.remove(MAX_VARIANCE + one.getKey());
                if (mean != null && variance != null && maxVariance != null) {
                    optimizer.restore(
                            one.getValue().getId(),
                            one.getValue().getArray(),
                            new AmsGrad.Moments(mean, variance, maxVariance));
                }
            }
            if (!arrays.isEmpty()) {
                throw new UserInputException(
                        "%s: expected the moments of the network's parameters, got %s"
                                .formatted(file, arrays.keySet().iterator().next()));
            }
        } catch (IllegalArgumentException e) {
            throw new UserInputException(file + ": " + e.getMessage(), e);
        }
    }
}
