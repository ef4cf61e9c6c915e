/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/** GSS inside DJL's training: losses, evaluators and listeners for any trainer. */
package io.github.gssloss.djl;
