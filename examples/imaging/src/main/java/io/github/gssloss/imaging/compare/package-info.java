/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/** Comparison of networks on the same cases: paired differences with bootstrap intervals. */
package io.github.gssloss.imaging.compare;
