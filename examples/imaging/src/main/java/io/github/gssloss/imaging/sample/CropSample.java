/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.sample;

import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.prepare.BoundingBox;

/**
 * One training sample before it becomes tensors.
 *
 * @param caseName the case it was cropped from
 * @param part the crop within the prepared volume, padded where that is smaller than a crop
 * @param crop images and labels, augmented
 * @param subset the modalities the fusion may use, some of those that are present
 * @param present the modalities that the case has; the images of the others are 0
 */
record CropSample(
        String caseName,
        BoundingBox part,
        Crop crop,
        ModalitySubset subset,
        ModalitySubset present) {}
