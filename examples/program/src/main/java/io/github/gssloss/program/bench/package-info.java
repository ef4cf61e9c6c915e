/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/** What the loss and a training step cost: times, memory and what they are measured against. */
package io.github.gssloss.program.bench;
