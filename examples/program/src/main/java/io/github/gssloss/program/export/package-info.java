/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/** Makes one file of a run, to hand to others: weights, settings, facts and a card. */
package io.github.gssloss.program.export;
