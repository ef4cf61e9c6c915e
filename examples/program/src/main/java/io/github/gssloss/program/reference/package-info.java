/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * Recomputes reference numbers: files of inputs and expected outputs of the method or of a network,
 * against this engine on this device. What a file is follows from its arrays.
 */
package io.github.gssloss.program.reference;
