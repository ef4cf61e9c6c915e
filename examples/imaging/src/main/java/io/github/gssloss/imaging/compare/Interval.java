/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.compare;

/**
 * An interval of numbers.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record Interval(double low, double high) {}
