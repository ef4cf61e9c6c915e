/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.imaging.segment.Cleaning;
import io.github.gssloss.imaging.segment.Cleaning.Step;
import io.github.gssloss.imaging.segment.Cleaning.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** What is done to a segmentation after the network. */
final class CleaningOptions {

    private static final String ENHANCING = "ET";

    /** The class that is left of an enhancing tumour without its rim. */
    private static final List<String> CORE = List.of("NCR/NET", "NCR");

    @Option(
            names = "--min-volume",
            paramLabel = "[CLASS=]MM3",
            split = ",",
            description =
                    "Remove connected components (26 neighbours) smaller than this many mm^3, of a"
                            + " class, such as ED=50, or of all foreground together, such as 50.")
    private List<String> least = List.of();

    @Option(
            names = "--largest",
            paramLabel = "CLASS",
            split = ",",
            description =
                    "Keep the largest component of a class, or of all foreground: --largest"
                            + " foreground.")
    private List<String> largest = List.of();

    @Option(
            names = "--fill-holes",
            description = "Fill background that foreground encloses (6 neighbours).")
    private boolean fillHoles;

    @Option(
            names = "--et-rule",
            description =
                    "The rule of BraTS' teams: ET of less than 500 mm^3 together becomes the"
                            + " necrotic core.")
    private boolean enhancingRule;

    /** The steps, in the order of the options above. */
    Cleaning cleaning(DataDescription description) {
        LabelSet labels = description.labels();
        List<Step> steps = new ArrayList<>();
        for (String one : least) {
            int sign = one.lastIndexOf('=');
            Target of =
                    sign < 0
                            ? Target.FOREGROUND
                            : target("--min-volume", one.substring(0, sign), labels);
            steps.add(new Cleaning.Smallest(of, volume(one.substring(sign + 1), one)));
        }
        largest.forEach(name -> steps.add(new Cleaning.Largest(target("--largest", name, labels))));
        if (fillHoles) {
            steps.add(new Cleaning.FillHoles());
        }
        if (enhancingRule) {
            steps.add(enhancingRule(labels));
        }
        return new Cleaning(steps);
    }

    private static Step enhancingRule(LabelSet labels) {
        List<String> names = labels.classNames();
        String core = CORE.stream().filter(names::contains).findFirst().orElse("");
        if (!names.contains(ENHANCING) || core.isEmpty()) {
            throw new UserInputException(
                    "--et-rule: expected a run with the classes ET and NCR, got one with "
                            + String.join(", ", names));
        }
        return new Cleaning.Rare(
                names.indexOf(ENHANCING),
                names.indexOf(core),
                ENHANCING,
                core,
                Cleaning.ENHANCING_LEAST);
    }

    private static Target target(String option, String name, LabelSet labels) {
        if (name.equals(Target.FOREGROUND.name())) {
            return Target.FOREGROUND;
        }
        int index = labels.classNames().indexOf(name);
        if (index < 1) {
            throw new UserInputException(
                    "%s: expected foreground or one of %s, got '%s'"
                            .formatted(
                                    option,
                                    labels.classNames().stream()
                                            .skip(1)
                                            .collect(Collectors.joining(", ")),
                                    name));
        }
        return new Target(OptionalInt.of(index), name);
    }

    private static double volume(String text, String whole) {
        try {
            double value = Double.parseDouble(text);
            if (value > 0 && Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw wrong(whole, e);
        }
        throw wrong(whole, null);
    }

    private static UserInputException wrong(String text, Exception cause) {
        return new UserInputException(
                "--min-volume: expected mm^3 above 0, such as 50 or ED=50, got '%s'"
                        .formatted(text),
                cause);
    }
}
