/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * The settings of a training run: records whose components are the only list of the keys, read from
 * YAML and from the command line, checked one by one.
 */
package io.github.gssloss.program.config;
