/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.program.config.ProgramVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The page by the names that its template uses.
 *
 * @param runs its parts
 * @param comparison the runs side by side, where there are several
 */
record Page(List<RunView> runs, Optional<SideBySide> comparison) {

    /**
     * A place in the page.
     *
     * @param target its id
     * @param text its name
     */
    record Link(String target, String text) {}

    boolean several() {
        return runs.size() > 1;
    }

    String title() {
        return several()
                ? "Evaluation of " + runs.size() + " runs"
                : "Evaluation of " + runs.get(0).name();
    }

    List<Link> links() {
        String id = runs.get(0).id();
        List<Link> links = new ArrayList<>();
        if (several()) {
            links.add(new Link("comparison", "Side by side"));
            runs.forEach(run -> links.add(new Link(run.id(), run.name())));
        } else {
            links.add(new Link(id + "-numbers", "In short"));
            links.add(new Link(id + "-subsets", "Every subset"));
            links.add(new Link(id + "-number", "Number of modalities"));
            links.add(new Link(id + "-cases", "Cases"));
            links.add(new Link(id + "-decisions", "Decisions"));
            links.add(new Link(id + "-training", "Training"));
            links.add(new Link(id + "-files", "How it was made"));
        }
        return links;
    }

    String version() {
        return ProgramVersion.version();
    }

    String commit() {
        return ProgramVersion.commit();
    }
}
