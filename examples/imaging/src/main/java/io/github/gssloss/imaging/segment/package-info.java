/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * Segmenting a whole volume by sliding windows, and writing the result on the grid of its files.
 */
package io.github.gssloss.imaging.segment;
