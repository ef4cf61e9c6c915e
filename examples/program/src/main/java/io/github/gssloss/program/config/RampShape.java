/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

/** How a value moves over a ramp. */
public enum RampShape {
    /** In equal steps. */
    LINEAR,
    /** Slowly at first: exp(-5 (1 - e / E)<sup>2</sup>) of the way after e of E steps. */
    EXPONENTIAL
}
