/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.config.DeviceKind;

/** The device that a setting names. */
public final class Devices {

    private Devices() {}

    /**
     * Returns the device of a kind.
     *
     * @param kind the kind
     * @return the CPU, or the first CUDA device
     * @throws UserInputException if a CUDA device is asked for and there is none
     */
    public static Device of(DeviceKind kind) {
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
