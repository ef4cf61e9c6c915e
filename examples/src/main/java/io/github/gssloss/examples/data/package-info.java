/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * From a BraTS folder to training samples: the files of a case, their preparation and cache, crops
 * and augmentation.
 */
package io.github.gssloss.examples.data;
