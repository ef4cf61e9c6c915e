/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * U-HVED: encoders that give a Gaussian at every level, a product of those of the modalities that
 * are there, and decoders that rebuild all images and segment from a sample of it (Dorent, Joutard,
 * Modat, Ourselin and Vercauteren, "Hetero-Modal Variational Encoder-Decoder for Joint Modality
 * Completion and Segmentation", MICCAI 2019). {@link io.github.gssloss.networks.uhved.Uhved} is the
 * network; the rest are its parts. Names of weights follow the authors', with numbers for
 * modalities.
 */
package io.github.gssloss.networks.uhved;
