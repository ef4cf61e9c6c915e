/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

/** The kind of device a network runs on. */
public enum DeviceKind {
    /** The processor. */
    CPU,
    /** The first CUDA device; needs the CUDA natives of PyTorch. */
    GPU
}
