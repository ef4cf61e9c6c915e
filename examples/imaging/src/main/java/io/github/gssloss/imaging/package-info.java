/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/** What segmentation of medical images needs around a network; usable without GSS. */
package io.github.gssloss.imaging;
