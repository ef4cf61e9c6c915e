/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.config.VoteSettings;
import io.github.gssloss.program.explain.VoxelVote;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gss vote}: shows the vote of one voxel step by step. */
@Command(name = "vote", sortOptions = false, modelTransformer = SettingOptions.OfVote.class)
public final class VoteCommand implements Callable<Integer> {

    @Option(names = "--file", paramLabel = "FILE")
    private Optional<Path> file;

    @Option(names = "--logits", paramLabel = "MODALITY=X,X...")
    private List<String> logits = List.of();

    @Mixin private Console console;

    @Override
    public Integer call() {
        VoxelVote.of(VoteSettings.read(file, values())).lines().forEach(console::print);
        return 0;
    }

    /** What stands on the command line, by the keys of the file. */
    private Map<String, String> values() {
        Map<String, String> values =
                SettingOptions.values(console.spec(), VoteSettings.keys(), Map.of());
        for (String text : logits) {
            String[] parts = text.split("=", 2);
            if (parts.length < 2) {
                throw new UserInputException(
                        "--logits: expected MODALITY=X,X..., got '" + text + "'");
            }
            if (values.put("logits." + parts[0].strip(), parts[1]) != null) {
                throw new UserInputException("--logits: " + parts[0] + " is given twice");
            }
        }
        return values;
    }
}
