/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * mmFormer: convolutional encoders, a transformer within each of four MRI modalities and one across
 * those that are there (Zhang et al., "mmFormer: Multimodal Medical Transformer for Incomplete
 * Multimodal Learning of Brain Tumor Segmentation", MICCAI 2022). {@link
 * io.github.gssloss.networks.mmformer.MmFormer} is the network; the rest are its parts, whose
 * children carry the names of the published checkpoints.
 *
 * <p>Tokens are arrays (B, n, T): n places of T channels each.
 */
package io.github.gssloss.networks.mmformer;
