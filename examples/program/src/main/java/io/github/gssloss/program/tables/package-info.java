/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/** Scores and differences as text: tables for the terminal, Markdown and CSV. */
package io.github.gssloss.program.tables;
