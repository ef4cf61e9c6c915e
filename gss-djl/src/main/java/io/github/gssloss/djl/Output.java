/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One output of a network.
 *
 * @param index its index among the outputs
 * @param kind what it holds
 */
record Output(int index, OutputKind kind) {

    /** Several outputs that hold the same. */
    static List<Output> all(OutputKind kind, int... indices) {
        LossArguments.requireNonNull("kind", kind);
        return IntStream.of(LossArguments.requireNonNull("indices", indices))
                .mapToObj(index -> new Output(index, kind))
                .toList();
    }
}
