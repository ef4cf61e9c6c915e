/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a report is made of: the folder of an evaluation and that of the run it judged.
 *
 * @param evaluated the folder with {@code scores.csv}; {@code evaluation.yaml}, {@code
 *     overlay-CASE.png} and {@code decisions-CASE.png} are used where they are there
 * @param run the folder of the run, whose {@code settings.yaml}, {@code versions.yaml} and {@code
 *     losses.csv} are used where they are there; empty: the one that {@code evaluation.yaml} names
 */
public record JudgedRun(Path evaluated, Optional<Path> run) {}
