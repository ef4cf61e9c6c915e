/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.config.SettingKey;
import io.github.gssloss.program.config.VoteSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Gives a command one option for each key of the settings, with its help and default: {@code
 * --loss.beta X}. The values stay text here; the settings read them as they read a file's.
 */
final class SettingOptions implements IModelTransformer {

    @Override
    public CommandSpec transform(CommandSpec spec) {
        return add(spec, SettingKey.all());
    }

    private static CommandSpec add(CommandSpec spec, List<SettingKey> keys) {
        ArgGroupSpec.Builder group =
                ArgGroupSpec.builder()
                        .validate(false)
                        .exclusive(false)
                        .heading("%nSettings, as in the file:%n");
        for (SettingKey key : keys) {
            String origin = key.origin().replace("%", "%%");
            group.addArg(
                    OptionSpec.builder(option(key))
                            .type(String.class)
                            .paramLabel(key.placeholder())
                            .description(key.help() + " (default: " + origin + ").")
                            .build());
            former(spec, key)
                    .ifPresent(
                            name ->
                                    group.addArg(
                                            OptionSpec.builder(name)
                                                    .type(String.class)
                                                    .hidden(true)
                                                    .build()));
        }
        return spec.addArgGroup(group.build());
    }

    /**
     * A name of earlier versions is an option as it is a key, though a hidden one: scripts have it.
     * Where the command has another option of that name, that one holds.
     */
    private static Optional<String> former(CommandSpec spec, SettingKey key) {
        return key.formerly()
                .map(name -> "--" + name)
                .filter(name -> !spec.optionsMap().containsKey(name));
    }

    /** Those of a vote are in the usual form of options, {@code --leader-threshold}. */
    private static String option(SettingKey key) {
        boolean vote = VoteSettings.keys().contains(key);
        return "--"
                + (vote
                        ? key.name().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT)
                        : key.name());
    }

    /**
     * Returns the settings that stand on the command line.
     *
     * @param spec the command that was transformed and has been parsed
     * @param keys the keys that it has
     * @param further more settings by key
     * @return the values by key
     * @throws UserInputException if a key is given twice
     */
    static Map<String, String> values(
            CommandSpec spec, List<SettingKey> keys, Map<String, String> further) {
        ParseResult parsed = spec.commandLine().getParseResult();
        Map<String, String> values = new LinkedHashMap<>(further);
        for (SettingKey key : keys) {
            for (OptionSpec option : given(parsed, key)) {
                String before = values.put(key.name(), option.getValue());
                if (before != null || option.stringValues().size() > 1) {
                    throw new UserInputException(key.name() + ": given twice on the command line");
                }
            }
        }
        return values;
    }

    /** The options of a key on the command line, under this name and under a former one. */
    private static List<OptionSpec> given(ParseResult parsed, SettingKey key) {
        Stream<OptionSpec> now = Stream.ofNullable(parsed.matchedOption(option(key)));
        Stream<OptionSpec> before =
                key.formerly().map(name -> parsed.matchedOption("--" + name)).stream()
                        .filter(OptionSpec::hidden);
        return Stream.concat(now, before).toList();
    }

    /** The same for the keys of a vote. */
    static final class OfVote implements IModelTransformer {

        @Override
        public CommandSpec transform(CommandSpec spec) {
            return add(spec, VoteSettings.keys());
        }
    }
}
