/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * A data set on disk: the files of each case, their modalities and label codes, subsets of
 * modalities.
 */
package io.github.gssloss.imaging.dataset;
