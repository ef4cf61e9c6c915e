/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The networks that this executor has loaded, for all cases that it gets of one cohort. */
final class ExecutorNetworks {

    private static final Map<String, AutoCloseable> LOADED = new HashMap<>();

    private ExecutorNetworks() {}

    /**
     * What loads networks.
     *
     * @param <T> what works with them
     */
    @FunctionalInterface
    interface Loading<T> {
        T load() throws IOException;
    }

    /**
     * Returns the networks of a cohort, loaded once.
     *
     * @param number what tells the cohort from others. An executor may outlive it, and weights or
     *     cases change before the next
     * @param type what works with the networks
     * @param loading makes it
     */
    static synchronized <T extends AutoCloseable> T of(
            String number, Class<T> type, Loading<T> loading) throws IOException {
        AutoCloseable found = LOADED.get(number);
        if (found == null) {
            // Patient data may be near: DJL does not report home.
            System.setProperty("OPT_OUT_TRACKING", "true");
            closeAll();
            found = loading.load();
            LOADED.put(number, found);
        }
        return type.cast(found);
    }

    /** Those of a cohort before are not needed any more. */
    private static void closeAll() throws IOException {
        try {
            for (AutoCloseable one : LOADED.values()) {
                one.close();
            }
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("expected networks that can be closed", e);
        } finally {
            LOADED.clear();
        }
    }
}
