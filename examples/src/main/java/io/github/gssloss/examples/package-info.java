/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/** Programs that train and judge multi-modal networks with GSS: the command line {@code gss}. */
package io.github.gssloss.examples;
