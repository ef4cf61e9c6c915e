/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/** What {@code gss doctor} looks at: engine, natives, devices, memory, threads, caches, numbers. */
package io.github.gssloss.program.doctor;
