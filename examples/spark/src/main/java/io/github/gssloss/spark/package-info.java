/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */

/**
 * Sweeps and cohorts on Apache Spark: many independent jobs, each what one machine does. Spark is
 * {@code provided}: the cluster brings it.
 */
package io.github.gssloss.spark;
