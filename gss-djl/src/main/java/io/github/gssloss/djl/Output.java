/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

/**
 * One output of a network.
 *
 * @param index its index among the outputs
 * @param kind what it holds
 */
record Output(int index, OutputKind kind) {}
