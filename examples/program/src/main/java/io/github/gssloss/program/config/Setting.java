/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import java.util.List;
import java.util.Map;

/**
 * What a table of settings, such as {@code RunSettings.yaml}, says of one of them. Its name there
 * is the key in the YAML file and, after two dashes, on the command line.
 *
 * @param help what it means, for {@code --help}: one sentence without a full stop
 * @param fallback the value in YAML that holds where none is given; empty where it may be left out
 *     and something else decides
 * @param byNetwork the values that hold instead with some networks, by the networks' names
 * @param networks the names of the networks that have the setting; empty: all. Where the table does
 *     not say it: those of {@code byNetwork}, if there is no other default
 * @param range the numbers that it takes; null: all of its type
 * @param expected which values it takes, in words; null: what its type and range say
 * @param otherwise what decides where there is no default, in words
 * @param formerly the key that earlier versions wrote, which is read as this one; null: none
 */
record Setting(
        String help,
        String fallback,
        Map<String, String> byNetwork,
        List<String> networks,
        Range range,
        String expected,
        String otherwise,
        String formerly) {

    Setting {
        fallback = fallback == null ? "" : fallback;
        byNetwork = byNetwork == null ? Map.of() : byNetwork;
        List<String> own = fallback.isEmpty() ? List.copyOf(byNetwork.keySet()) : List.of();
        networks = networks == null ? own : networks;
        otherwise = otherwise == null ? "the preset's" : otherwise;
    }

    /** Ranges of numbers, all of them finite. */
    enum Range {
        AT_LEAST_0("a number of at least 0", 0, Double.MAX_VALUE),
        AT_LEAST_1("a number of at least 1", 1, Double.MAX_VALUE),
        AT_LEAST_2("a number of at least 2", 2, Double.MAX_VALUE),
        ABOVE_0("a number above 0", Double.MIN_VALUE, Double.MAX_VALUE),
        SHARE("0 to 1", 0, 1),
        SHARE_BELOW_1("0 to below 1", 0, Math.nextDown(1.0));

        final String words;
        private final double least;
        private final double most;

        Range(String words, double least, double most) {
            this.words = words;
            this.least = least;
            this.most = most;
        }

        boolean contains(Object number) {
            double value = ((Number) number).doubleValue();
            return value >= least && value <= most;
        }
    }
}
