/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * What every program does with files: whole files written by a rename, checksums of content, the
 * user's cache folder, a lock on a folder, the comparison of an output with inputs, the memory of
 * the process as Linux writes it under {@code /proc}, the error that names a wrong input in one
 * line, and how a process ends that is asked to stop.
 */
package io.github.gssloss.files;
