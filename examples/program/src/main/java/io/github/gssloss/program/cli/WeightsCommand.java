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
        sortOptions = false,
        modelTransformer = SettingOptions.class,
        customSynopsis = "gss weights FILE.npz [--out=RUN] [--SETTING=VALUE]...")
public final class WeightsCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE.npz")
    private Path file;

    @Option(names = "--out", paramLabel = "RUN")
    private Optional<Path> out;

    @Mixin private DatasetOptions dataset;
    @Mixin private Console console;

    @Override
    public Integer call() throws IOException {
        Inputs.file("FILE.npz", file);
        Map<String, String> values =
                SettingOptions.values(console.spec(), SettingKey.all(), Map.of());
        new WeightImport(file, dataset.addTo(values))
                .run(out, console.commandLine())
                .forEach(console::print);
        out.ifPresent(run -> console.print("Run in " + run));
        return 0;
    }
}
