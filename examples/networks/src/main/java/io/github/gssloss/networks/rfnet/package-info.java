/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * RFNet: region-aware fusion of four MRI modalities, any of which may be missing (Ding, Yu and
 * Yang, "RFNet: Region-aware Fusion Network for Incomplete Multi-modal Brain Tumor Segmentation",
 * ICCV 2021). {@link io.github.gssloss.networks.rfnet.RfNet} is the network; the rest are its
 * parts, whose children carry the names of the published checkpoints.
 */
package io.github.gssloss.networks.rfnet;
