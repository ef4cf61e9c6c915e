/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests of blocks need: a manager and a parameter store of their own, and a seed. */
public abstract class BlockTest {

    /** Owns all arrays of a test, and is closed after it. */
    protected NDManager manager;

    /** Finds the parameters on that manager. */
    protected ParameterStore store;

    private final int seed;

    /**
     * Creates the test.
     *
     * @param seed of the engine's generator before each test
     */
    protected BlockTest(int seed) {
        this.seed = seed;
    }

    @BeforeEach
    protected final void open() {
        manager = NDManager.newBaseManager();
        store = new ParameterStore(manager, false);
        Engine.getInstance().setRandomSeed(seed);
    }

    @AfterEach
    protected final void close() {
        manager.close();
    }
}
