/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import io.github.gssloss.imaging.dataset.Modality;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Intensities beyond percentiles of the foreground become these percentiles, before they are
 * standardised: a few bright voxels no longer decide mean and deviation.
 *
 * @param byModality the percentiles by the name of the modality; those that are not named have
 *     {@code others}
 * @param others the percentiles of any other modality; empty: its intensities stay as they are
 */
public record Clipping(Map<String, Percentiles> byModality, Optional<Percentiles> others) {

    /** Nothing is clipped. */
    public static final Clipping NONE = new Clipping(Map.of(), Optional.empty());

    /** What {@link #parse} reads. */
    public static final String EXPECTED =
            "none, two percentiles such as 0.5-99.5, or some for modalities such as"
                    + " 'LGE=0.5-99.5,T2=1-99'";

    /**
     * Where intensities end.
     *
     * @param low in per cent of the foreground's voxels, at least 0
     * @param high in per cent, above {@code low} and at most 100
     */
    public record Percentiles(double low, double high) {

        /**
         * Checks the order.
         *
         * @param low in per cent
         * @param high in per cent
         * @throws IllegalArgumentException if they are not in order from 0 to 100
         */
        public Percentiles {
            if (!(low >= 0 && low < high && high <= 100)) {
                throw new IllegalArgumentException(
                        "expected percentiles in order from 0 to 100, got %s-%s"
                                .formatted(low, high));
            }
        }

        @Override
        public String toString() {
            return low + "-" + high;
        }
    }

    /**
     * Keeps a copy.
     *
     * @param byModality the percentiles by the name of the modality
     * @param others the percentiles of any other modality
     */
    public Clipping {
        byModality = Collections.unmodifiableMap(new LinkedHashMap<>(byModality));
    }

    /**
     * Reads percentiles from text.
     *
     * @param text as {@link #EXPECTED} says
     * @return the clipping
     * @throws IllegalArgumentException if the text is something else
     */
    public static Clipping parse(String text) {
        if (text.strip().equals("none")) {
            return NONE;
        }
        if (!text.contains("=")) {
            return new Clipping(Map.of(), Optional.of(percentiles(text, text)));
        }
        Map<String, Percentiles> byModality = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            String[] sides = part.split("=", -1);
            if (sides.length != 2
                    || byModality.put(sides[0].strip(), percentiles(sides[1], text)) != null) {
                throw unknown(text);
            }
        }
        return new Clipping(byModality, Optional.empty());
    }

    private static Percentiles percentiles(String range, String text) {
        String[] ends = range.strip().split("-", -1);
        try {
            if (ends.length == 2) {
                return new Percentiles(Double.parseDouble(ends[0]), Double.parseDouble(ends[1]));
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(unknown(text).getMessage(), e);
        }
        throw unknown(text);
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException("expected " + EXPECTED + ", got '" + text + "'");
    }

    /**
     * Checks that percentiles are of a data set's modalities.
     *
     * @param modalities the modalities of the data set
     * @throws IllegalArgumentException if some are of none of them
     */
    public void checkFor(List<Modality> modalities) {
        Set<String> unknown = new TreeSet<>(byModality.keySet());
        modalities.forEach(one -> unknown.remove(one.label()));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "clip: expected modalities of %s, got %s".formatted(modalities, unknown));
        }
    }

    /** Clips one modality's voxels, which begin at a place of all images. */
    void apply(Modality modality, float[] images, int start, byte[] inside) {
        Percentiles ends =
                Optional.ofNullable(byModality.get(modality.label())).or(() -> others).orElse(null);
        if (ends == null) {
            return;
        }
        float[] sorted = new float[inside.length];
        int count = 0;
        for (int v = 0; v < inside.length; v++) {
            if (inside[v] != 0) {
                sorted[count++] = images[start + v];
            }
        }
        sorted = Arrays.copyOf(sorted, count);
        Arrays.sort(sorted);
        float low = at(sorted, ends.low());
        float high = at(sorted, ends.high());
        for (int v = start; v < start + inside.length; v++) {
            images[v] = Math.max(low, Math.min(high, images[v]));
        }
    }

    /** The nearest rank: an intensity that is there. */
    private static float at(float[] sorted, double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(0, Math.min(sorted.length, rank) - 1)];
    }

    /** Returns the percentiles as {@link #parse} reads them. */
    @Override
    public String toString() {
        if (byModality.isEmpty()) {
            return others.map(Percentiles::toString).orElse("none");
        }
        return byModality.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining(","));
    }
}
