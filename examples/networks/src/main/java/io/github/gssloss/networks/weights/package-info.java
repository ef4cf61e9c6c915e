/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * Weights of networks as files: {@code .npz} archives of NumPy arrays under the names of the
 * published checkpoints, checked before anything is handed to the engine; TorchScript for networks
 * from PyTorch.
 */
package io.github.gssloss.networks.weights;
