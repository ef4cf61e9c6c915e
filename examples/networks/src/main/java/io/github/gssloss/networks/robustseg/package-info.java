/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * RobustSeg: Chen et al., "Robust Multimodal Brain Tumor Segmentation via Feature Disentanglement
 * and Gated Fusion", MICCAI 2019. Each modality's image is taken apart into content, which gates
 * fuse, and style, a code of eight numbers; the images restored from the fused content and the
 * styles teach the encoders in training.
 *
 * <p>The branches, which segment from each modality's content alone, are not published: they are
 * what group self-support needs.
 */
package io.github.gssloss.networks.robustseg;
