/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** A caller's arrays on a manager for a while, so that what is computed of them goes with it. */
final class Lent {

    private Lent() {}

    /**
     * Lends arrays until the manager is closed; then they are back where they came from.
     *
     * <p>An array that is there twice is lent once: DJL would give it back to the manager that it
     * was lent to, which is closed then.
     */
    static void to(NDManager work, NDList... lists) {
        Set<NDArray> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (NDList list : lists) {
            for (NDArray array : list) {
                if (seen.add(array)) {
                    array.tempAttach(work);
                }
            }
        }
    }
}
