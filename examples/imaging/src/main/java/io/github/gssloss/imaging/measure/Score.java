/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;

/**
 * The scores of a case in one region, given one subset of the modalities.
 *
 * @param caseName the case
 * @param subset the modalities that the network was given
 * @param region the region
 * @param measures how the prediction compares with the truth
 */
public record Score(String caseName, ModalitySubset subset, Region region, Measures measures) {}
