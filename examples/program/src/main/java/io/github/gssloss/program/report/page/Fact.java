/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

/**
 * A line of a list of facts.
 *
 * @param name what it is
 * @param value how it is written in its file
 */
record Fact(String name, String value) {}
