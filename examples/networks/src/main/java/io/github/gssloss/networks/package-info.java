/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * Layers that the published networks share, as DJL blocks on arrays of shape (batch, channels, D,
 * H, W): padded convolutions, instance norm, trilinear upsampling. Every layer closes what it made
 * on the way, so outside training a forward pass holds little more than its widest layer, and
 * multiplies by arrays alone, since the engine may free a recorded Java number before the backward
 * pass.
 */
package io.github.gssloss.networks;
