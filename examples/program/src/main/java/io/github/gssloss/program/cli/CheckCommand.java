/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.program.check.CohortCheck;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code gss check}: reads a folder of cases and shows what of it can be used. */
@Command(name = "check", sortOptions = false)
public final class CheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FOLDER")
    private Path folder;

    @Mixin private DatasetOptions dataset;
    @Mixin private IntakeOptions intake;
    @Mixin private Console console;

    @Override
    public Integer call() {
        Inputs.folder("FOLDER", folder);
        DataDescription description = dataset.description(folder);
        Cohort cohort = Cohort.find(folder, description);
        if (cohort.skipped().isEmpty()) {
            cohort.requireCases();
        }
        CohortCheck check = CohortCheck.of(cohort, description, console.progress());
        check.lines().forEach(console::print);
        return check.passed(intake.skipUnknown()) ? ExitCode.OK : ExitCode.USAGE;
    }
}
