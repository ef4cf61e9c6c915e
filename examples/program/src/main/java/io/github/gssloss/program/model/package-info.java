/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * The network and the loss that the settings of a run name: built in Java or loaded from
 * TorchScript.
 */
package io.github.gssloss.program.model;
