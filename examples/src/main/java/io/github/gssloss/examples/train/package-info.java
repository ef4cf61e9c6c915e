/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/** The training of a network, and the folder and files that a run leaves. */
package io.github.gssloss.examples.train;
