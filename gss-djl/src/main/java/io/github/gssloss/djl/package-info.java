/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * GSS inside DJL's training: losses, evaluators and listeners for any trainer. Start at {@link
 * io.github.gssloss.djl.GssLoss}; its settings are a {@link io.github.gssloss.core.GssConfig}.
 *
 * <p>"The paper" is Qiu et al., "Scratch Each Other's Back: Incomplete Multi-Modal Brain Tumor
 * Segmentation via Category Aware Group Self-Support Learning" (GSS), ICCV 2023, pp. 21317-21326.
 * RFNet is Ding, Yu and Yang, "RFNet: Region-Aware Fusion Network for Incomplete Multi-Modal Brain
 * Tumor Segmentation", ICCV 2021; mmFormer is Zhang et al., "mmFormer: Multimodal Medical
 * Transformer for Incomplete Multimodal Learning of Brain Tumor Segmentation", MICCAI 2022.
 *
 * <p>Symbols: B is the number of samples in a batch, N of classes, M of modalities, each of which
 * has one branch, and V of voxels in a sample. "Spatial" stands for the axes of a sample's voxels:
 * (depth, height, width) in 3-D, (height, width) in 2-D.
 */
package io.github.gssloss.djl;
