/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import io.github.gssloss.program.cli.Inputs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Options of the program {@code gss} as the words that a user types. So they travel: executors read
 * them by the same class as the driver, and nothing of them is described twice.
 */
final class OptionWords {

    private OptionWords() {}

    /**
     * Returns which options of a class were given to a command that has them.
     *
     * @param options an object of the class
     * @param given what the command has read
     * @return for example {@code --mirror=x,y} and {@code --volume}
     */
    static List<String> of(Object options, ParseResult given) {
        Set<String> own = CommandSpec.forAnnotatedObject(options).optionsMap().keySet();
        List<String> words = new ArrayList<>();
        // Once each: an option that was given twice is matched twice, with all its values each
        // time.
        for (OptionSpec option : new LinkedHashSet<>(given.matchedOptions())) {
            String name = option.longestName();
            if (own.contains(name)) {
                boolean flag = option.arity().max() == 0;
                for (String value : option.originalStringValues()) {
                    boolean isOn = flag && !value.equalsIgnoreCase("false");
                    words.add(isOn ? name : name + "=" + value);
                }
            }
        }
        return words;
    }

    /**
     * Reads options.
     *
     * @param options an object of their class, which gets their values
     * @param words the options
     * @param <T> the class
     * @return the object
     * @throws picocli.CommandLine.ParameterException if words are no options of the class
     */
    static <T> T read(T options, List<String> words) {
        reader(options).parseArgs(words.toArray(String[]::new));
        return options;
    }

    /** Reads options as the program {@code gss} does. */
    static CommandLine reader(Object command) {
        return new CommandLine(command)
                .registerConverter(Path.class, Inputs::path)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }
}
