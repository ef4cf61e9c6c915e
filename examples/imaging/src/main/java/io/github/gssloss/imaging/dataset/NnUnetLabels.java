/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import io.github.gssloss.files.UserInputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The classes and regions of {@code dataset.json}.
 *
 * @param labels the classes and their numbers
 * @param regions what is evaluated
 */
record NnUnetLabels(LabelSet labels, List<Region> regions) {

    private static final String LABELS = "labels";
    private static final String ORDER = "regions_class_order";
    private static final String BACKGROUND = "background";
    private static final String IGNORE = "ignore";

    /**
     * Reads the labels.
     *
     * @param root the whole file
     * @throws UserInputException a line that names the file, the key, what was expected, what came
     */
    static NnUnetLabels of(JsonValue root) {
        JsonValue labels = root.get(LABELS);
        Map<String, JsonValue> values = labels.entries();
        if (NnUnetJson.isOld(root) && values.values().stream().allMatch(JsonValue::isText)) {
            return ofNumbers(root, numbersByName(labels), OptionalInt.empty());
        }
        if (values.keySet().stream().anyMatch(String::isBlank)) {
            throw labels.expected("names that are not empty");
        }
        if (!values.containsKey(BACKGROUND)) {
            throw noBackground(labels, values);
        }
        if (values.get(BACKGROUND).whole() != 0) {
            throw values.get(BACKGROUND).expected("0");
        }
        JsonValue ignore = values.remove(IGNORE);
        OptionalInt ignored = ignore == null ? OptionalInt.empty() : OptionalInt.of(ignore.whole());
        if (values.values().stream().anyMatch(JsonValue::isList)) {
            values.remove(BACKGROUND);
            return ofRegions(root, values, ignored);
        }
        Map<String, Integer> numbers = new LinkedHashMap<>();
        values.forEach((name, value) -> numbers.put(name, value.whole()));
        return ofNumbers(root, numbers, ignored);
    }

    private static UserInputException noBackground(JsonValue labels, Map<String, ?> names) {
        return labels.expected(BACKGROUND + " with number 0", String.join(", ", names.keySet()));
    }

    /** The first version of nnU-Net has the numbers as keys and the names as values. */
    private static Map<String, Integer> numbersByName(JsonValue labels) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        labels.entries()
                .forEach(
                        (key, name) -> {
                            if (!key.matches("\\d{1,3}")) {
                                throw name.expected("a whole number as key", "'" + key + "'");
                            }
                            if (numbers.put(name.text(), Integer.valueOf(key)) != null) {
                                throw labels.expected("one number for each name");
                            }
                        });
        if (numbers.getOrDefault(BACKGROUND, -1) != 0) {
            throw noBackground(labels, numbers);
        }
        return numbers;
    }

    /** Each class but the background is a region. */
    private static NnUnetLabels ofNumbers(
            JsonValue root, Map<String, Integer> numbers, OptionalInt ignored) {
        List<String> names =
                numbers.keySet().stream().sorted(Comparator.comparing(numbers::get)).toList();
        LabelSet labels =
                root.make(
                        () ->
                                new LabelSet(
                                        names, names.stream().map(numbers::get).toList(), ignored));
        List<Region> regions = new ArrayList<>();
        for (int i = 1; i < names.size(); i++) {
            regions.add(new Region(names.get(i), names.get(i), List.of(i), false));
        }
        return new NnUnetLabels(labels, regions);
    }

    /** The regions are those of the file, in its order. */
    private static NnUnetLabels ofRegions(
            JsonValue root, Map<String, JsonValue> values, OptionalInt ignored) {
        Map<String, SortedSet<Integer>> held = new LinkedHashMap<>();
        SortedSet<Integer> all = new TreeSet<>(List.of(0));
        values.forEach(
                (name, value) -> {
                    SortedSet<Integer> numbers = new TreeSet<>();
                    (value.isList() ? value.items() : List.of(value))
                            .forEach(one -> numbers.add(one.whole()));
                    if (numbers.isEmpty() || numbers.contains(0)) {
                        throw value.expected("numbers other than 0, at least one");
                    }
                    held.put(name, numbers);
                    all.addAll(numbers);
                });
        requireOrder(root, held);
        List<Integer> numbers = List.copyOf(all);
        List<String> names = numbers.stream().map(one -> className(root, held, one)).toList();
        LabelSet labels = root.make(() -> new LabelSet(names, numbers, ignored));
        List<Region> regions = new ArrayList<>();
        held.forEach(
                (name, of) ->
                        regions.add(
                                new Region(
                                        name,
                                        name,
                                        of.stream().map(numbers::indexOf).toList(),
                                        false)));
        return new NnUnetLabels(labels, regions);
    }

    /** The name of the region that holds a number alone, if there is one. */
    private static String className(
            JsonValue root, Map<String, SortedSet<Integer>> held, int number) {
        if (number == 0) {
            return BACKGROUND;
        }
        List<String> alone =
                held.keySet().stream()
                        .filter(name -> held.get(name).equals(new TreeSet<>(List.of(number))))
                        .toList();
        if (alone.size() > 1) {
            throw root.get(LABELS)
                    .expected(
                            "one name for each number",
                            "%s for %d".formatted(String.join(" and ", alone), number));
        }
        return alone.isEmpty() ? "label " + number : alone.get(0);
    }

    /**
     * nnU-Net paints the regions one over the other in the order of the file: what a number's last
     * region is painted with has to be that number.
     */
    private static void requireOrder(JsonValue root, Map<String, SortedSet<Integer>> held) {
        JsonValue order = root.get(ORDER);
        List<Integer> painted = order.items().stream().map(JsonValue::whole).toList();
        List<String> names = List.copyOf(held.keySet());
        if (painted.size() != names.size()) {
            throw contradicts(root, "a number for each of " + names, painted);
        }
        Map<Integer, String> last = new LinkedHashMap<>();
        held.forEach((name, numbers) -> numbers.forEach(number -> last.put(number, name)));
        last.forEach(
                (number, name) -> {
                    int got = painted.get(names.indexOf(name));
                    if (got != number) {
                        throw contradicts(
                                root,
                                "%d for %s, the last region with this number"
                                        .formatted(number, name),
                                got);
                    }
                });
    }

    private static UserInputException contradicts(JsonValue root, String expected, Object got) {
        return new UserInputException(
                "%s: %s contradicts %s: expected %s, got %s"
                        .formatted(root.file(), ORDER, LABELS, expected, got));
    }
}
