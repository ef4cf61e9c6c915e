/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * The report of an evaluation: one HTML file made of the files that the evaluation and its run have
 * left. It needs nothing beside itself: no script, no other file, no network. What it says is put
 * together here; how it looks stands in the templates among the resources.
 */
package io.github.gssloss.program.report.page;
