/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * Cases that several jobs share, perhaps on several machines: what is the same whatever they do.
 */
package io.github.gssloss.program.part;
