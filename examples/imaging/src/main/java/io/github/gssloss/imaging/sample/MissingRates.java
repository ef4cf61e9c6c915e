/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.sample;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.HiddenModalities;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How often each modality is hidden, to study training on incomplete cases. What is hidden from a
 * case depends on the seed and the case's name alone. Each modality is hidden independently, given
 * that the case keeps at least one: rates so high that all would often go come out lower.
 *
 * @param rates the probability to hide a modality, 0 to 1, by its name; those that are not named
 *     have {@code others}
 * @param others the probability to hide any other modality, 0 to 1
 */
public record MissingRates(Map<String, Double> rates, double others) {

    /** What {@link #parse} reads. */
    public static final String EXPECTED =
            "none, even, unbalanced, mirrored, or rates from 0 to 1, not all 1, such as"
                    + " 'flair=0.2,t1=0.5'";

    private static final Map<String, MissingRates> PRESETS = new LinkedHashMap<>();

    static {
        PRESETS.put("none", new MissingRates(Map.of(), 0));
        PRESETS.put("even", new MissingRates(Map.of(), 0.3));
        PRESETS.put("unbalanced", ofBrats(0.2, 0.6, 0.4, 0.8));
        PRESETS.put("mirrored", ofBrats(0.8, 0.4, 0.6, 0.2));
    }

    /**
     * Keeps a copy, sorted by name.
     *
     * @param rates the probability to hide a modality, by its name
     * @param others the probability to hide any other modality
     * @throws IllegalArgumentException if a rate is not from 0 to 1
     */
    public MissingRates {
        rates.forEach(MissingRates::requireRate);
        requireRate("the others", others);
        SortedMap<String, Double> sorted = new TreeMap<>(rates);
        if (others == 0) {
            sorted.values().removeIf(rate -> rate == 0);
        }
        rates = Collections.unmodifiableSortedMap(sorted);
    }

    private static void requireRate(String label, double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException(
                    "rate of %s: expected 0 to 1, got %s".formatted(label, rate));
        }
    }

    private static MissingRates ofBrats(double flair, double t1ce, double t1, double t2) {
        Map<String, Double> rates = new LinkedHashMap<>();
        rates.put("flair", flair);
        rates.put("t1ce", t1ce);
        rates.put("t1", t1);
        rates.put("t2", t2);
        return new MissingRates(rates, 0);
    }

    /**
     * Reads rates from text.
     *
     * @param text {@code none}; {@code even}, 0.3 each; {@code unbalanced}, flair 0.2, t1ce 0.6, t1
     *     0.4, t2 0.8; {@code mirrored}, flair 0.8, t1ce 0.4, t1 0.6, t2 0.2; or rates such as
     *     {@code flair=0.2,t1=0.5}, the others 0
     * @return the rates
     * @throws IllegalArgumentException if the text is something else
     */
    public static MissingRates parse(String text) {
        MissingRates preset = PRESETS.get(text.strip());
        if (preset != null) {
            return preset;
        }
        Map<String, Double> rates = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            String[] sides = part.split("=", -1);
            if (sides.length != 2 || rates.put(sides[0].strip(), rate(sides[1], text)) != null) {
                throw unknown(text);
            }
        }
        return new MissingRates(rates, 0);
    }

    private static double rate(String rate, String text) {
        try {
            return Double.parseDouble(rate);
        } catch (NumberFormatException e) {
            throw unknown(text);
        }
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException("expected " + EXPECTED + ", got '" + text + "'");
    }

    /**
     * Checks that the rates are of a data set's modalities.
     *
     * @param modalities the modalities of the data set
     * @throws IllegalArgumentException if a rate is of none of them, or all would always be hidden
     */
    public void checkFor(List<Modality> modalities) {
        Set<String> unknown = new TreeSet<>(rates.keySet());
        modalities.forEach(one -> unknown.remove(one.label()));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected rates of %s, got %s".formatted(modalities, unknown));
        }
        if (modalities.stream().allMatch(one -> rate(one) == 1)) {
            throw new IllegalArgumentException("expected a rate below 1, got 1 for all");
        }
    }

    private double rate(Modality modality) {
        return rates.getOrDefault(modality.label(), others);
    }

    /**
     * Draws what is hidden from cases.
     *
     * @param cases the cases, each with at least one modality
     * @param seed the seed: the same one hides the same from a case whatever the others are
     * @return what is hidden
     * @throws UserInputException if a case has no modality whose rate is below 1
     * @throws IllegalArgumentException as {@link #checkFor}
     */
    public HiddenModalities draw(List<CaseFiles> cases, long seed) {
        cases.stream().findFirst().ifPresent(files -> checkFor(files.modalities()));
        SortedMap<String, Set<Modality>> hidden = new TreeMap<>();
        cases.forEach(files -> hidden.put(files.name(), draw(files, seed)));
        return new HiddenModalities(hidden);
    }

    /** Draws what a case keeps: the probability of each subset, given that it is not empty. */
    private Set<Modality> draw(CaseFiles files, long seed) {
        Set<Modality> all = files.images().keySet();
        List<ModalitySubset> kept =
                ModalitySubset.within(all).stream().filter(one -> chance(all, one) > 0).toList();
        if (kept.isEmpty()) {
            throw new UserInputException(
                    "case %s: has %s alone, expected a modality whose rate to be hidden is below 1"
                            .formatted(files.name(), files.modalityText()));
        }
        double sum = kept.stream().mapToDouble(one -> chance(all, one)).sum();
        double left = Seeds.generator(seed, files.name().hashCode()).nextDouble() * sum;
        int drawn = 0;
        while (drawn < kept.size() - 1 && left >= chance(all, kept.get(drawn))) {
            left -= chance(all, kept.get(drawn));
            drawn++;
        }
        Set<Modality> hidden = new TreeSet<>(all);
        hidden.removeAll(kept.get(drawn).modalities());
        return hidden;
    }

    /** The probability that of some modalities just these are kept. */
    private double chance(Set<Modality> all, ModalitySubset kept) {
        return all.stream()
                .mapToDouble(m -> kept.contains(m) ? 1 - rate(m) : rate(m))
                .reduce(1, (one, other) -> one * other);
    }

    /** Returns the rates as {@link #parse} reads them. */
    @Override
    public String toString() {
        return PRESETS.entrySet().stream()
                .filter(preset -> preset.getValue().equals(this))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(
                        () ->
                                rates.entrySet().stream()
                                        .filter(rate -> rate.getValue() > 0)
                                        .map(rate -> rate.getKey() + "=" + rate.getValue())
                                        .collect(Collectors.joining(",")));
    }
}
