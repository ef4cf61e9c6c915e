/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import io.github.gssloss.files.UserInputException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the lesions of a region are told apart and which of them count, see {@link
 * Measures#lesionDice}.
 *
 * <p>The presets are those of BraTS 2023, as its published program has them
 * (github.com/rachitsaluja/BraTS-2023-Metrics, commit 43c9052, {@code metrics.py}). BraTS 2024
 * changed how components of some tasks are matched; that is not computed here.
 *
 * @param dilations how often the truth is dilated by 18 neighbours before its connected components
 *     are lesions, from 0 to 20: steps of a voxel, whatever its size, as in the published program
 * @param smallest a true lesion of at most this volume does not count, in mm&sup3;, at least 0
 */
public record LesionSettings(int dilations, double smallest) {

    /** Gliomas of adults, in Sub-Saharan Africa and of children: BraTS-GLI, -SSA and -PED. */
    public static final LesionSettings GLIOMA = new LesionSettings(3, 50);

    /** BraTS-MEN. */
    public static final LesionSettings MENINGIOMA = new LesionSettings(1, 50);

    /** BraTS-MET. */
    public static final LesionSettings METASTASES = new LesionSettings(1, 2);

    /** The Hausdorff distance of a missed lesion and of a false one, in mm. */
    public static final double HD95_OF_NONE = 374;

    private static final int MOST_DILATIONS = 20;

    private static final Map<String, LesionSettings> PRESETS =
            new TreeMap<>(
                    Map.of(
                            "glioma", GLIOMA,
                            "meningioma", MENINGIOMA,
                            "metastases", METASTASES));

    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,2})x(\\d{1,9}(?:\\.\\d{1,9})?)");

    /**
     * Checks the numbers.
     *
     * @param dilations how often the truth is dilated, from 0 to 20
     * @param smallest the volume of which a lesion must have more, in mm&sup3;
     * @throws IllegalArgumentException if a number is out of its range
     */
    public LesionSettings {
        if (dilations < 0 || dilations > MOST_DILATIONS) {
            throw new IllegalArgumentException(
                    "dilations: expected 0 to " + MOST_DILATIONS + ", got " + dilations);
        }
        if (!(smallest >= 0 && smallest < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "smallest: expected at least 0 mm3, got " + smallest);
        }
    }

    /**
     * Reads settings as users write them.
     *
     * @param text a preset ({@code glioma}, {@code meningioma}, {@code metastases}) or {@code
     *     DILATIONSxMM3} such as {@code 3x50}
     * @param name names the text in errors
     * @return the settings
     * @throws UserInputException if it is neither
     */
    public static LesionSettings parse(String text, String name) {
        LesionSettings preset = PRESETS.get(text);
        if (preset != null) {
            return preset;
        }
        Matcher numbers = NUMBERS.matcher(text);
        if (numbers.matches() && Integer.parseInt(numbers.group(1)) <= MOST_DILATIONS) {
            return new LesionSettings(
                    Integer.parseInt(numbers.group(1)), Double.parseDouble(numbers.group(2)));
        }
        throw new UserInputException(
                "%s: expected one of %s, or DILATIONSxMM3 such as 3x50 (0 to %d dilations), got %s"
                        .formatted(name, PRESETS.keySet(), MOST_DILATIONS, text));
    }

    /**
     * Returns the text that {@link #parse} reads.
     *
     * @return the name of a preset, or the numbers
     */
    public String label() {
        return PRESETS.entrySet().stream()
                .filter(preset -> preset.getValue().equals(this))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> dilations + "x" + MeasureLabel.number(smallest));
    }

    /**
     * Says in one sentence how lesions are compared.
     *
     * @return with all numbers
     */
    public String words() {
        return String.format(
                Locale.ROOT,
                "Lesion-wise Dice and Hausdorff distance 95 (%s) as in BraTS 2023: true lesions are"
                    + " the connected components (26 neighbours) of the truth dilated %d times by"
                    + " 18 neighbours; a lesion is compared with all predicted components that"
                    + " touch it so dilated; a lesion of at most %s mm3 is left out, and the"
                    + " components that touch it are not false; a lesion that no component touches"
                    + " and a component of any size that touches no lesion count as Dice 0 and"
                    + " distance %s mm; the mean is over lesions that count and false components,"
                    + " and Dice 1 and distance 0 where there are none. The distance is that of"
                    + " surface elements, each counted by its area.",
                label(),
                dilations,
                MeasureLabel.number(smallest),
                MeasureLabel.number(HD95_OF_NONE));
    }
}
