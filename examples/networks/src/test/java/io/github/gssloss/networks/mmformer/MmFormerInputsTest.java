/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.mmformer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MmFormerInputsTest {

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({"4,32,32,16", "4,48,48,48", "3,32,32,32"})
    void refusesImagesThatItHasNoPositionsFor(long m, long d, long h, long w) {
        MmFormer network = MmFormerGolden.builder().build();
        Shape x = new Shape(1, m, d, h, w);

        refuses(
                () -> network.initialize(manager, DataType.FLOAT32, x, MmFormerGolden.SUBSET),
                "x: expected shape (B, 4, D, H, W) with D, H, W of 32, 16 times the patch size 2,"
                        + " got "
                        + x);
    }

    @Test
    void refusesImagesOfAnotherSizeThanItWasInitialisedFor() {
        MmFormer network = MmFormerGolden.builder().build();
        network.initialize(manager, DataType.FLOAT32, MmFormerGolden.IMAGES, MmFormerGolden.SUBSET);
        NDList inputs =
                new NDList(manager.zeros(new Shape(1, 4, 64, 64, 64)), manager.ones(new Shape(4)));

        refuses(
                () -> network.forward(new ParameterStore(manager, false), inputs, false),
                "x: expected shape (B, 4, D, H, W) with D, H, W of 32, 16 times the patch size 2,"
                        + " got (1, 4, 64, 64, 64)");
    }

    @Test
    void countsItsInputs() {
        MmFormer network = MmFormerGolden.builder().build();

        refuses(
                () -> network.initialize(manager, DataType.FLOAT32, MmFormerGolden.IMAGES),
                "mmFormer: expected inputs x, subset and optionally present, got 1");
    }

    @Test
    void refusesSettingsThatMakeNoNetwork() {
        refuses(() -> MmFormer.builder().build(), "classes: expected at least 2, got 0");
        refuses(MmFormerGolden.builder().optWidth(0), "width: expected at least 1, got 0");
        refuses(MmFormerGolden.builder().optPatch(1), "patch: expected at least 2, got 1");
        refuses(MmFormerGolden.builder().optHeads(0), "heads: expected at least 1, got 0");
        refuses(
                MmFormerGolden.builder().optTokenWidth(18),
                "tokenWidth: expected a positive multiple of the 4 heads, got 18");
        refuses(
                MmFormerGolden.builder().optTokenWidth(0),
                "tokenWidth: expected a positive multiple of the 4 heads, got 0");
        refuses(
                MmFormerGolden.builder().optHiddenWidth(0),
                "hiddenWidth: expected at least 1, got 0");
        refuses(MmFormerGolden.builder().optDropout(1), "dropout: expected 0 to below 1, got 1.0");
    }

    private static void refuses(MmFormerBuilder builder, String message) {
        refuses(builder::build, message);
    }

    private static void refuses(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
