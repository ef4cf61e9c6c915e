/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import io.github.gssloss.files.UserInputException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How something was measured as users and files write it: {@code
 * lesions=glioma;nsd=1;volume;empty-hd95=left-out}, each part at most once and the last one always.
 */
public final class MeasureLabel {

    /** What stands for the distances that are left out. */
    public static final String LEFT_OUT = "left-out";

    private static final String LESIONS = "lesions";
    private static final String SURFACE = "nsd";
    private static final String VOLUME = "volume";
    private static final String EMPTY = "empty-hd95";
    private static final Set<String> KEYS = Set.of(LESIONS, SURFACE, VOLUME, EMPTY);

    private MeasureLabel() {}

    static String of(MeasureSettings settings) {
        List<String> parts = new ArrayList<>();
        settings.lesions().ifPresent(how -> parts.add(LESIONS + "=" + how.label()));
        settings.surfaceTolerance().ifPresent(mm -> parts.add(SURFACE + "=" + number(mm)));
        if (settings.volume()) {
            parts.add(VOLUME);
        }
        OptionalDouble empty = settings.emptyHd95();
        parts.add(EMPTY + "=" + (empty.isPresent() ? number(empty.getAsDouble()) : LEFT_OUT));
        return String.join(";", parts);
    }

    static MeasureSettings parse(String label, String name) {
        Map<String, String> parts = new HashMap<>();
        for (String part : label.split(";", -1)) {
            String[] pair = part.split("=", 2);
            boolean again = parts.put(pair[0], pair.length == 2 ? pair[1] : "") != null;
            boolean valued = pair.length == 2;
            if (again || !KEYS.contains(pair[0]) || valued == pair[0].equals(VOLUME)) {
                throw noLabel(label, name);
            }
        }
        if (!parts.containsKey(EMPTY)) {
            throw noLabel(label, name);
        }
        String tolerance = parts.get(SURFACE);
        return new MeasureSettings(
                Optional.ofNullable(parts.get(LESIONS))
                        .map(text -> LesionSettings.parse(text, name)),
                tolerance == null
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(tolerance(tolerance, name)),
                parts.containsKey(VOLUME),
                emptyHd95(parts.get(EMPTY), name));
    }

    private static UserInputException noLabel(String label, String name) {
        return new UserInputException(
                "%s: expected how it was measured, got %s".formatted(name, label));
    }

    /**
     * Reads the tolerance of the surface Dice.
     *
     * @param text a number of mm above 0
     * @param name names the text in errors
     * @return the tolerance
     * @throws UserInputException if it is none
     */
    public static double tolerance(String text, String name) {
        double mm = mm(text);
        if (!(mm > 0)) {
            throw new UserInputException(
                    "%s: expected a tolerance in mm above 0, got %s".formatted(name, text));
        }
        return mm;
    }

    /**
     * Reads the distance of an empty mask.
     *
     * @param text a number of mm, at least 0, or {@value #LEFT_OUT}
     * @param name names the text in errors
     * @return the distance; empty: left out
     * @throws UserInputException if it is neither
     */
    public static OptionalDouble emptyHd95(String text, String name) {
        if (text.equals(LEFT_OUT)) {
            return OptionalDouble.empty();
        }
        double mm = mm(text);
        if (Double.isNaN(mm)) {
            throw new UserInputException(
                    "%s: expected a distance in mm, at least 0, or %s, got %s"
                            .formatted(name, LEFT_OUT, text));
        }
        return OptionalDouble.of(mm);
    }

    /** A plain decimal number; NaN where the text is none. */
    private static double mm(String text) {
        return text.matches("\\d{1,9}(\\.\\d{1,9})?") ? Double.parseDouble(text) : Double.NaN;
    }

    /** The shortest decimal number: 1 and 0.5, not 1.0. */
    static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
