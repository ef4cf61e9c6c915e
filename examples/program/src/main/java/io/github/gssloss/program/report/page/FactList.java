/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import java.util.List;

/**
 * A file of facts as the report shows it.
 *
 * @param title what the facts are about
 * @param file where they stand
 * @param facts the facts
 */
record FactList(String title, String file, List<Fact> facts) {

    /** A sentence where there is nothing to list, else nothing. */
    List<String> note() {
        return facts.isEmpty() ? List.of("There is no such file.") : List.of();
    }
}
