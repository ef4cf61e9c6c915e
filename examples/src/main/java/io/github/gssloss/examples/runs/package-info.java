/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * What the commands do: whole trainings and judgements, from folders to folders. The parts are in
 * the packages beside this one; here they are put together.
 */
package io.github.gssloss.examples.runs;
