/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.program.config.SettingKey;
import io.github.gssloss.program.model.WeightImport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gss weights}: checks weights from PyTorch and makes a run of them. */
@Command(
        name = "weights",
        description = {
            "Checks the weights of a published RFNet or mmFormer that were brought from PyTorch,",
            "and makes a run of them that gss evaluate and gss predict take."
        },
        sortOptions = false,
        modelTransformer = SettingOptions.class,
        customSynopsis = "gss weights FILE.npz [--out=RUN] [--SETTING=VALUE]...")
public final class WeightsCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE.npz",
            description =
                    "Arrays under the names of the published checkpoint; 'module.' may stand before"
                            + " each.")
    private Path file;

    @Option(
            names = "--out",
            paramLabel = "RUN",
            description = "Folder of the run to make; default: the weights are checked alone.")
    private Optional<Path> out;

    @Mixin private Console console;

    @Override
    public Integer call() throws IOException {
        Inputs.file("FILE.npz", file);
        new WeightImport(file, SettingOptions.values(console.spec(), SettingKey.all(), Map.of()))
                .run(out, console.commandLine())
                .forEach(console::print);
        out.ifPresent(run -> console.print("Run in " + run));
        return 0;
    }
}
