/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/** Optimiser and learning-rate schedule of the published networks. */
package io.github.gssloss.networks.optim;
