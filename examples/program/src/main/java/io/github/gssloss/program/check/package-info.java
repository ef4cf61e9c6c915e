/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/** What a data folder holds, before anything is done with it. */
package io.github.gssloss.program.check;
