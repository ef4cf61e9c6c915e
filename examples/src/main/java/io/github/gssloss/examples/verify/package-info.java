/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * Recomputes reference numbers: files of inputs and of what the method or a network answers to
 * them, against this engine on this device. What a file is follows from its arrays.
 */
package io.github.gssloss.examples.verify;
