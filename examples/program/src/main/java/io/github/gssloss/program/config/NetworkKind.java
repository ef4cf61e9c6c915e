/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

/** The networks that can be trained. */
public enum NetworkKind {
    /** RFNet: Ding et al., "RFNet: Region-Aware Fusion Network", ICCV 2021. */
    RFNET,
    /** mmFormer: Zhang et al., "mmFormer: Multimodal Medical Transformer", MICCAI 2022. */
    MMFORMER,
    /** U-HVED: Dorent et al., "Hetero-Modal Variational Encoder-Decoder", MICCAI 2019. */
    UHVED,
    /**
     * RobustSeg: Chen et al., "Robust Multimodal Brain Tumor Segmentation via Feature
     * Disentanglement and Gated Fusion", MICCAI 2019.
     */
    ROBUSTSEG,
    /** A network of the user's, traced or scripted in PyTorch and saved as TorchScript. */
    TORCHSCRIPT
}
