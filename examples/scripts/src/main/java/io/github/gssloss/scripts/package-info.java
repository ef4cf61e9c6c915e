/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * Complete programs of one page each, to read, run and copy: each says what it does, has one
 * command that runs it from the root of the repository, and explains what it calls of this project.
 * What else they call is DJL's.
 */
package io.github.gssloss.scripts;
