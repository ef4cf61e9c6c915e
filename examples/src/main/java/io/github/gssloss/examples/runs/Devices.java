/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.runs;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.github.gssloss.examples.UserInputException;
import io.github.gssloss.examples.config.DeviceKind;

/** The device that a setting names. */
final class Devices {

    private Devices() {}

    static Device of(DeviceKind kind) {
        if (kind == DeviceKind.CPU) {
            return Device.cpu();
        }
        int found = Engine.getInstance().getGpuCount();
        if (found == 0) {
            throw new UserInputException(
                    "device: expected a CUDA device and the CUDA natives of PyTorch for gpu, found"
                            + " none");
        }
        return Device.gpu();
    }
}
