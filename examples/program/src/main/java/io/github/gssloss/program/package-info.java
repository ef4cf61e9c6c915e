/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/** The program {@code gss}: trains, evaluates and compares networks with GSS. */
package io.github.gssloss.program;
