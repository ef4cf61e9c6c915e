/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.fuzz;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.gssloss.networks.weights.NpzFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights in npz. */
class WeightsJazzerTest {

    private static final FuzzedFile FILE = new FuzzedFile("weights.npz");

    static Stream<Arguments> whole() throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList arrays = new NDList(manager.arange(12f).reshape(3, 4));
            arrays.get(0).setName("first.weight");
            NpzFile.write(FILE.path(), arrays);
        }
        return Stream.of(Arguments.of((Object) Files.readAllBytes(FILE.path())));
    }

    @MethodSource("whole")
    @FuzzTest(maxDuration = "5m")
    void isReadOrRefused(byte[] bytes) throws IOException {
        FILE.check(
                bytes,
                file -> {
                    try (NDManager manager = NDManager.newBaseManager()) {
                        NpzFile.read(manager, file);
                    }
                });
    }
}
