/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.imaging.dataset.DataDescription;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** What every command does that looks through a folder of cases: nothing is left out unsaid. */
public final class IntakeOptions {

    private static final Logger LOG = LoggerFactory.getLogger(IntakeOptions.class);

    @Option(
            names = "--skip-unknown",
            description =
                    "Go on without files and folders that belong to no case: each is a warning, no "
                            + "longer an error. Cases that cannot be used stay errors.")
    private boolean skipUnknown;

    boolean skipUnknown() {
        return skipUnknown;
    }

    /** Refuses a folder of which anything would be left out. */
    void requireAll(Path folder, DataDescription description) {
        Cohort cohort = warned(folder, description);
        cohort.requireAll(skipUnknown);
    }

    /**
     * Looks through a folder.
     *
     * @param folder a folder of cases
     * @param description what they show
     * @return a line for whatever is left out of it; none where that may be
     */
    public List<String> leftOut(Path folder, DataDescription description) {
        Cohort cohort = warned(folder, description);
        return skipUnknown ? List.of() : cohort.skipped();
    }

    private Cohort warned(Path folder, DataDescription description) {
        Cohort cohort = Cohort.find(folder, description);
        cohort.notes().forEach(LOG::warn);
        if (skipUnknown) {
            cohort.skipped().forEach(LOG::warn);
        }
        return cohort;
    }
}
