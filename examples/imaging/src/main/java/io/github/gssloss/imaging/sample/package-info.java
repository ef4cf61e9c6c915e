/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * Training samples from prepared cases: positions, crops, augmentation, seeds, and the data set
 * that DJL trains on.
 */
package io.github.gssloss.imaging.sample;
