/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.gssloss.networks.weights.NpzFile;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Compares what two runs left, to the bit. */
public final class SameRun {

    private SameRun() {}

    /**
     * Checks that losses, decisions, weights and the optimiser's moments of two finished runs are
     * the same.
     */
    public static void check(RunFolder run, RunFolder expected) {
        assertThat(run.losses()).hasSameBinaryContentAs(expected.losses());
        assertThat(run.decisions()).hasSameBinaryContentAs(expected.decisions());
        Path weights = Checkpoints.last(run);
        assertThat(weights).hasFileName(Checkpoints.last(expected).getFileName().toString());
        assertThat(arrays(weights)).isEqualTo(arrays(Checkpoints.last(expected)));
        assertThat(arrays(moments(run))).isEqualTo(arrays(moments(expected)));
    }

    private static Path moments(RunFolder run) {
        String[] names = run.checkpoints().toFile().list((at, name) -> name.matches("state.*npz"));
        assertThat(names).isNotEmpty();
        Arrays.sort(names);
        return run.checkpoints().resolve(names[names.length - 1]);
    }

    /** The arrays by name: the archives themselves carry the time they were written. */
    public static Map<String, ByteBuffer> arrays(Path file) {
        Map<String, ByteBuffer> arrays = new LinkedHashMap<>();
        try (NDManager manager = NDManager.newBaseManager()) {
            for (NDArray array : NpzFile.read(manager, file)) {
                arrays.put(array.getName(), ByteBuffer.wrap(array.toByteArray()));
            }
        }
        assertThat(arrays).isNotEmpty();
        return arrays;
    }
}
