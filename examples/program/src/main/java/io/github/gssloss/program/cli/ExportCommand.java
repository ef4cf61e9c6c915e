/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.export.ModelExport;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gss export}: makes one file of a run, to hand to others. */
@Command(name = "export", sortOptions = false)
public final class ExportCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "RUN")
    private Path run;

    @Parameters(index = "1", paramLabel = "MODEL.zip")
    private Path out;

    @Option(names = "--checkpoint", paramLabel = "FILE")
    private Optional<Path> checkpoint;

    @Option(names = "--evaluated", paramLabel = "DIR")
    private Optional<Path> evaluated;

    @Option(names = "--licence", paramLabel = "TEXT")
    private Optional<String> licence;

    @Option(names = "--case-names")
    private boolean caseNames;

    @Option(names = "--overwrite")
    private boolean overwrite;

    @Mixin private Console console;

    @Override
    public Integer call() throws IOException {
        Inputs.folder("RUN", run);
        checkpoint.ifPresent(file -> Inputs.file("--checkpoint", file));
        evaluated.ifPresent(folder -> Inputs.folder("--evaluated", folder));
        licence.filter(String::isBlank)
                .ifPresent(
                        text -> {
                            throw new UserInputException(
                                    "--licence: expected its name, such as CC-BY-4.0, got nothing");
                        });
        RunWeights weights = RunWeights.of(RunFolder.open(run), checkpoint);
        new ModelExport(weights, evaluated, licence, caseNames)
                .write(out, overwrite)
                .forEach(console::print);
        return 0;
    }
}
