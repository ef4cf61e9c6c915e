/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * Bad arguments with the message that each must get, and whether every public method of some
 * classes had any.
 */
final class Refusals {

    private static final Set<String> OF_EVERY_CLASS = Set.of("equals", "valueOf");

    private final Set<String> seen = new HashSet<>();

    /** Asserts that a call of a method, "Class.method", or constructor, "Class", is refused. */
    void refused(String method, String message, ThrowingCallable call) {
        seen.add(method);
        assertThatThrownBy(call)
                .as(method)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    /** Asserts that a method takes any value, the extremes included. */
    void taken(String method, ThrowingCallable call) {
        seen.add(method);
        assertThatCode(call).as(method).doesNotThrowAnyException();
    }

    /** Asserts that every public method with arguments was refused some, yes or no apart. */
    void coverAllOf(Class<?>... classes) {
        Set<String> wanted =
                Arrays.stream(classes)
                        .flatMap(Refusals::withArguments)
                        .collect(Collectors.toCollection(TreeSet::new));
        wanted.removeAll(seen);
        assertThat(wanted).as("methods without a test of bad arguments").isEmpty();
    }

    private static Stream<String> withArguments(Class<?> type) {
        return Stream.<Executable>concat(
                        Arrays.stream(type.getConstructors()),
                        Arrays.stream(type.getDeclaredMethods()))
                .filter(one -> Modifier.isPublic(one.getModifiers()) && !one.isSynthetic())
                .filter(one -> !OF_EVERY_CLASS.contains(one.getName()))
                .filter(
                        one ->
                                !List.of(boolean.class)
                                        .containsAll(List.of(one.getParameterTypes())))
                .map(one -> name(type, one));
    }

    private static String name(Class<?> type, Executable one) {
        String ofClass = type.getName().substring(type.getPackageName().length() + 1);
        String dotted = ofClass.replace('$', '.');
        return one instanceof Constructor ? dotted : dotted + "." + one.getName();
    }
}
