/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.rfnet;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
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

class RfNetInputsTest {

    private NDManager manager;
    private RfNet network;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        network = RfNet.builder().setClasses(4).optWidth(4).build();
        network.initialize(manager, DataType.FLOAT32, new Shape(1, 4, 16, 16, 16), new Shape(1, 4));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({"4,20,16,16", "4,16,16,8", "3,16,16,16"})
    void refusesImagesThatDoNotHalveThreeTimes(long m, long d, long h, long w) {
        NDArray x = manager.zeros(new Shape(1, m, d, h, w));

        refuses(
                () -> forward(x, manager.ones(new Shape(1, 4))),
                "x: expected shape (B, 4, D, H, W) with D, H, W divisible by 8 and at least 16,"
                        + " got "
                        + x.getShape());
    }

    @Test
    void refusesImagesWithoutAnAxis() {
        NDArray x = manager.zeros(new Shape(4, 16, 16, 16));

        refuses(
                () -> forward(x, manager.ones(new Shape(1, 4))),
                "x: expected shape (B, 4, D, H, W) with D, H, W divisible by 8 and at least 16,"
                        + " got (4, 16, 16, 16)");
    }

    @Test
    void refusesASubsetOfAnotherBatch() {
        refuses(
                () -> forward(images(), manager.ones(new Shape(2, 4))),
                "subset: expected shape (1, 4), got (2, 4)");
    }

    @Test
    void refusesASubsetOfIntegers() {
        refuses(
                () -> forward(images(), manager.ones(new Shape(1, 4), DataType.INT64)),
                "subset: expected boolean or float32, got int64");
    }

    @Test
    void refusesImagesOfAnotherType() {
        NDArray x = manager.zeros(new Shape(1, 4, 16, 16, 16), DataType.FLOAT64);

        refuses(
                () -> forward(x, manager.ones(new Shape(1, 4))),
                "x: expected float32 as the weights are, got float64");
    }

    @Test
    void refusesImagesAlone() {
        refuses(
                () ->
                        network.forward(
                                new ParameterStore(manager, false), new NDList(images()), true),
                "RFNet: expected inputs x, subset and optionally present, got 1");
    }

    @Test
    void refusesToBeInitialisedForWhatItCannotTake() {
        RfNet other = RfNet.builder().setClasses(2).optWidth(4).build();

        refuses(
                () ->
                        other.initialize(
                                manager,
                                DataType.FLOAT32,
                                new Shape(1, 4, 16, 16, 17),
                                new Shape(1, 4)),
                "x: expected shape (B, 4, D, H, W) with D, H, W divisible by 8 and at least 16,"
                        + " got (1, 4, 16, 16, 17)");
    }

    @Test
    void refusesSettingsThatMakeNoNetwork() {
        refuses(() -> RfNet.builder().build(), "classes: expected at least 2, got 0");
        refuses(
                () -> RfNet.builder().setClasses(4).optWidth(6).build(),
                "width: expected a positive multiple of 4, got 6");
        refuses(
                () -> RfNet.builder().setClasses(4).optWidth(0).build(),
                "width: expected a positive multiple of 4, got 0");
    }

    private NDArray images() {
        return manager.zeros(new Shape(1, 4, 16, 16, 16));
    }

    private void forward(NDArray x, NDArray subset) {
        network.forward(new ParameterStore(manager, false), new NDList(x, subset), false);
    }

    private static void refuses(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
