/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.Device;

/** The device of a loss: that of its first batch. */
final class OneDevice {

    private Device device;

    /** Refuses a second device. */
    void require(Device of) {
        if (device == null) {
            device = of;
        }
        if (!device.equals(of)) {
            throw new IllegalArgumentException(
                    "predictions: expected all batches on "
                            + device
                            + ", where the first was, got one on "
                            + of
                            + "; train on one device, since DJL's split of a batch hides where it"
                            + " ends");
        }
    }
}
