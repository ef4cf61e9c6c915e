/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.config.VoteSettings;
import io.github.gssloss.program.explain.VoxelVote;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gss vote}: tells the vote of one voxel step by step. */
@Command(
        name = "vote",
        description = "Tells the vote of one voxel step by step: which rule decided, and why.",
        sortOptions = false)
public final class VoteCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description =
                    "The voxel in YAML: logits with a list for each modality, and any of"
                            + " modalities, groups, absent, preset, temperature, leaderThreshold,"
                            + " memberThreshold, penalty. Options below win over it.")
    private Optional<Path> file;

    @Option(
            names = "--modalities",
            paramLabel = "NAMES",
            description = "Names of the modalities, with commas; default: flair,t1ce,t1,t2.")
    private Optional<String> modalities;

    @Option(
            names = "--groups",
            paramLabel = "GROUPS",
            description =
                    "Leaders of each class: 'BG: flair; ED: flair, t2'; default: BraTS 2020 with"
                            + " four classes.")
    private Optional<String> groups;

    @Option(
            names = "--logits",
            paramLabel = "MODALITY=X,X...",
            description = "Logits of a modality, one for each class; once for each modality.")
    private List<String> logits = List.of();

    @Option(
            names = "--absent",
            paramLabel = "NAMES",
            description = "Modalities that are missing, with commas; they need no logits.")
    private Optional<String> absent;

    @Option(
            names = "--preset",
            paramLabel = "paper|paperAblation",
            description = "Values to start from; default: paper.")
    private Optional<String> preset;

    @Option(
            names = "--temperature",
            paramLabel = "X",
            description = "Temperature of the soft targets; default: the preset's.")
    private Optional<String> temperature;

    @Option(
            names = "--leader-threshold",
            paramLabel = "X",
            description = "Confidence a leader needs, 0 to 1; default: the preset's.")
    private Optional<String> leaderThreshold;

    @Option(
            names = "--member-threshold",
            paramLabel = "X",
            description = "Confidence a member needs, 0 to 1; default: the preset's.")
    private Optional<String> memberThreshold;

    @Option(
            names = "--penalty",
            paramLabel = "X",
            description =
                    "Penalty where only some leaders are confident, 0 to 1; default: the preset's.")
    private Optional<String> penalty;

    @Override
    public Integer call() {
        VoteSettings settings = VoteSettings.read(file, values());
        PrintWriter out = spec.commandLine().getOut();
        VoxelVote.of(settings).lines().forEach(out::println);
        out.flush();
        return 0;
    }

    /** What stands on the command line, by the keys of the file. */
    private Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        modalities.ifPresent(value -> values.put("modalities", value));
        groups.ifPresent(value -> values.put("groups", value));
        absent.ifPresent(value -> values.put("absent", value));
        preset.ifPresent(value -> values.put("preset", value));
        temperature.ifPresent(value -> values.put("temperature", value));
        leaderThreshold.ifPresent(value -> values.put("leaderThreshold", value));
        memberThreshold.ifPresent(value -> values.put("memberThreshold", value));
        penalty.ifPresent(value -> values.put("penalty", value));
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
