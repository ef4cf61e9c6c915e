/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Attaches a caller's arrays to a manager for a while, so that results of them belong to it. */
final class TemporaryAttachment {

    private TemporaryAttachment() {}

    /**
     * Attaches arrays until the manager is closed; then they are on their former managers again.
     *
     * <p>An array that is listed twice is attached once: at the second time DJL would take {@code
     * work} for its former manager, which is closed by then.
     */
    static void to(NDManager work, NDList... lists) {
        Set<NDArray> attached = Collections.newSetFromMap(new IdentityHashMap<>());
        for (NDList list : lists) {
            for (NDArray array : list) {
                if (attached.add(array)) {
                    array.tempAttach(work);
                }
            }
        }
    }
}
