/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * From the files of a case to arrays: reading, cropping to the brain, z-scores, and the cache of
 * prepared cases.
 */
package io.github.gssloss.imaging.prepare;
