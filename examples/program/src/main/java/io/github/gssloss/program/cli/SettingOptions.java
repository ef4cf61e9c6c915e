/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.config.SettingKey;
import java.util.LinkedHashMap;
import java.util.Map;
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
        ArgGroupSpec.Builder group =
                ArgGroupSpec.builder()
                        .validate(false)
                        .exclusive(false)
                        .heading("%nSettings, as in the file:%n");
        for (SettingKey key : SettingKey.all()) {
            String origin = key.origin().replace("%", "%%");
            group.addArg(
                    OptionSpec.builder("--" + key.name())
                            .type(String.class)
                            .paramLabel(key.placeholder())
                            .description(key.help() + " (default: " + origin + ").")
                            .build());
        }
        return spec.addArgGroup(group.build());
    }

    /**
     * Returns the settings that stand on the command line.
     *
     * @param spec the command that was transformed and has been parsed
     * @param further more settings by key
     * @return the values by key
     * @throws UserInputException if a key is given twice
     */
    static Map<String, String> values(CommandSpec spec, Map<String, String> further) {
        ParseResult parsed = spec.commandLine().getParseResult();
        Map<String, String> values = new LinkedHashMap<>(further);
        for (SettingKey key : SettingKey.all()) {
            OptionSpec option = parsed.matchedOption("--" + key.name());
            if (option == null) {
                continue;
            }
            String before = values.put(key.name(), option.getValue());
            if (before != null || option.stringValues().size() > 1) {
                throw new UserInputException(key.name() + ": given twice on the command line");
            }
        }
        return values;
    }
}
