/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * For every class of a task, the modalities that lead its vote.
 *
 * <p>The order of the modalities is that of the branch logits, the order of the classes that of
 * their class axis. Immutable; {@link #toString()} prints for example {@code BG: flair; ED: flair,
 * t2}.
 *
 * @param modalities the names of the modalities, distinct
 * @param groups one group per class, in the order of the classes, at least two
 */
public record ClassGroups(List<String> modalities, List<ClassGroup> groups) {

    private static final List<String> BRATS = List.of("flair", "t1ce", "t1", "t2");

    /** A name without the blanks around it; one after a backslash is part of the name. */
    private static final Pattern NAME =
            Pattern.compile("\\s*((?:\\\\.|[^\\\\])*?)\\s*", Pattern.DOTALL);

    /**
     * Creates the groups.
     *
     * @param modalities the names of the modalities, distinct
     * @param groups one group per class, in the order of the classes, at least two
     * @throws IllegalArgumentException if a list is null or holds null, there is no modality, there
     *     are fewer than two classes, names of modalities or of classes repeat, or a leader is not
     *     among the modalities
     */
    public ClassGroups {
        modalities = Arguments.requireList("modalities", modalities);
        groups = Arguments.requireList("groups", groups);
        List<String> classNames = groups.stream().map(ClassGroup::className).toList();
        requireDistinct("modalities", modalities, 1);
        requireDistinct("classes", classNames, 2);
        for (ClassGroup group : groups) {
            int last = group.leaders().get(group.leaders().size() - 1);
            if (last >= modalities.size()) {
                throw new IllegalArgumentException(
                        "leaders of class "
                                + group.className()
                                + ": expected modality indices below "
                                + modalities.size()
                                + ", got "
                                + last);
            }
        }
    }

    /**
     * Returns the leaders of BraTS 2018 and 2020 in four classes: BG flair; NCR/NET t1ce; ED flair
     * and t2; ET t1ce (paper, section 4.1).
     *
     * @return the groups over flair, t1ce, t1, t2
     */
    public static ClassGroups brats2020() {
        return builder()
                .setModalities(BRATS)
                .addClass("BG", "flair")
                .addClass("NCR/NET", "t1ce")
                .addClass("ED", "flair", "t2")
                .addClass("ET", "t1ce")
                .build();
    }

    /**
     * Returns the leaders of BraTS 2015 in five classes: BG flair; NCR, NET and ET t1ce; ED flair
     * and t2. The order is that of its labels: BG, NCR, ED, NET, ET.
     *
     * @return the groups over flair, t1ce, t1, t2
     */
    public static ClassGroups brats2015() {
        return builder()
                .setModalities(BRATS)
                .addClass("BG", "flair")
                .addClass("NCR", "t1ce")
                .addClass("ED", "flair", "t2")
                .addClass("NET", "t1ce")
                .addClass("ET", "t1ce")
                .build();
    }

    /**
     * Returns the number of modalities M.
     *
     * @return M, at least 1
     */
    public int numModalities() {
        return modalities.size();
    }

    /**
     * Returns the number of classes N.
     *
     * @return N, at least 2
     */
    public int numClasses() {
        return groups.size();
    }

    /**
     * Returns the names of the classes.
     *
     * @return one name per class, in their order
     */
    public List<String> classNames() {
        return groups.stream().map(ClassGroup::className).toList();
    }

    /** The indices of all modalities. */
    List<Integer> allModalities() {
        return IntStream.range(0, numModalities()).boxed().toList();
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        return groups.stream()
                .map(
                        group ->
                                group.leaders().stream()
                                        .map(m -> escaped(modalities.get(m)))
                                        .collect(
                                                Collectors.joining(
                                                        ", ",
                                                        escaped(group.className()) + ": ",
                                                        "")))
                .collect(Collectors.joining("; "));
    }

    /**
     * Reads groups as {@link #toString()} prints them. A backslash stands before a character of a
     * name that would separate names, {@code ; , :}, before the backslash itself, and before a
     * blank at either end of a name.
     *
     * @param modalities the names of the modalities, in the order of the branch logits
     * @param text the classes in their order, each with its leaders: {@code BG: flair; ED: flair,
     *     t2}
     * @return the groups
     * @throws IllegalArgumentException if an argument is null, the list is empty or holds null or a
     *     name twice, or the text has another form, fewer than two classes, a class twice or an
     *     unknown modality
     */
    public static ClassGroups parse(List<String> modalities, String text) {
        Builder builder = builder().setModalities(modalities);
        Arguments.requireNonNull("text", text);
        for (String part : split(text, ';')) {
            List<String> sides = split(part, ':');
            if (sides.size() != 2) {
                throw new IllegalArgumentException(
                        "class groups: expected 'class: leader, leader; class: ...', got '"
                                + part.strip()
                                + "'");
            }
            String[] leaders =
                    split(sides.get(1), ',').stream()
                            .map(ClassGroups::plain)
                            .toArray(String[]::new);
            builder.addClass(plain(sides.get(0)), leaders);
        }
        return builder.build();
    }

    private static String escaped(String name) {
        return name.replaceAll("^\\s|\\s$|[\\\\;,:]", "\\\\$0");
    }

    private static String plain(String escaped) {
        Matcher name = NAME.matcher(escaped);
        return (name.matches() ? name.group(1) : escaped).replaceAll("(?s)\\\\(.)", "$1");
    }

    /** The parts between separators that have no backslash before them. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        Matcher part = Pattern.compile("(?s)(?:\\\\.|[^\\\\" + separator + "])*+").matcher(text);
        int from = 0;
        while (part.find(from)) {
            parts.add(part.group());
            if (part.end() >= text.length()) {
                break;
            }
            // A lone backslash at the end belongs to no name.
            from = part.end() + 1;
        }
        return parts;
    }

    /**
     * Returns a builder that takes names.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    private static void requireDistinct(String what, List<String> names, int least) {
        if (names.size() < least || new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException(
                    what + ": expected at least " + least + " distinct names, got " + names);
        }
    }

    /** Builds {@link ClassGroups} from names. */
    public static final class Builder {

        private List<String> modalities = List.of();
        private final List<ClassGroup> groups = new ArrayList<>();

        private Builder() {}

        /**
         * Sets the modalities, before any class.
         *
         * @param modalities their names, in the order of the branch logits
         * @return this builder
         * @throws IllegalArgumentException if the list is null or holds null
         */
        public Builder setModalities(List<String> modalities) {
            this.modalities = Arguments.requireList("modalities", modalities);
            return this;
        }

        /**
         * Adds the next class with its leaders.
         *
         * @param className the name of the class
         * @param leaders the names of its leader modalities, at least one
         * @return this builder
         * @throws IllegalArgumentException if the name is null or blank, or the leaders are null,
         *     none, repeated or not among the modalities
         */
        public Builder addClass(String className, String... leaders) {
            Arguments.requireNonNull("leaders of class " + className, leaders);
            List<Integer> indices = Arrays.stream(leaders).map(this::index).toList();
            if (indices.contains(-1)) {
                throw new IllegalArgumentException(
                        "leaders of class "
                                + className
                                + ": expected some of "
                                + modalities
                                + ", got "
                                + Arrays.toString(leaders));
            }
            groups.add(new ClassGroup(className, indices));
            return this;
        }

        private int index(String modality) {
            // An immutable list throws at indexOf(null).
            return modality == null ? -1 : modalities.indexOf(modality);
        }

        /**
         * Builds the groups.
         *
         * @return the groups
         * @throws IllegalArgumentException as the constructor does
         */
        public ClassGroups build() {
            return new ClassGroups(modalities, groups);
        }
    }
}
