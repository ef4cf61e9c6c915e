/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * The command line {@code gss}: reads what the user typed, checks it, and hands it to the workers
 * that make phantoms, train and evaluate. Nobody depends on this package.
 */
package io.github.gssloss.program.cli;
