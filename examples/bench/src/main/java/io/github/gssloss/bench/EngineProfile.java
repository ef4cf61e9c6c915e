/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What PyTorch's own profile says of some work: its operations, on a CPU with their times. Each
 * costs some microseconds more while it is recorded.
 */
final class EngineProfile {

    private static final double MICROS_PER_MILLI = 1e3;

    /** What takes all operations inside it as its own, forward and backward. */
    private static final String CONVOLUTION = "aten::convolution";

    /** How such a name begins here. */
    static final String KERNEL = "convolution ";

    private final List<Span> spans;

    private EngineProfile(List<Span> spans) {
        this.spans = spans;
    }

    /** An operation from start to end, in microseconds, with those inside it. */
    private record Span(String name, String thread, double start, double end) {

        private double millis() {
            return (end - start) / MICROS_PER_MILLI;
        }
    }

    /**
     * Operations of one name.
     *
     * @param name the engine's, for a convolution with its kernel: "convolution 3x3x3"
     * @param calls how many
     * @param millis their time, without that of other operations inside them
     */
    record Operation(String name, int calls, double millis) {}

    /** Records all operations that some work takes. */
    static EngineProfile of(Runnable work) throws IOException {
        Path file = Files.createTempFile("gss-operations", ".json");
        try {
            profiler("startProfile", boolean.class, false, true, false);
            try {
                work.run();
            } finally {
                profiler("stopProfile", String.class, file.toString());
            }
            return new EngineProfile(read(file));
        } finally {
            Files.delete(file);
        }
    }

    /** Calls the engine, which is on the class path when a program runs and not to compile. */
    private static void profiler(String method, Class<?> type, Object... arguments) {
        Class<?>[] types = new Class<?>[arguments.length];
        Arrays.fill(types, type);
        try {
            Class.forName("ai.djl.pytorch.jni.JniUtils")
                    .getMethod(method, types)
                    .invoke(null, arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the profile of PyTorch: " + method + " failed", e);
        }
    }

    private static List<Span> read(Path file) throws IOException {
        List<Span> spans = new ArrayList<>();
        JsonElement all = JsonParser.parseString(Files.readString(file));
        JsonElement events = all.isJsonArray() ? all : all.getAsJsonObject().get("traceEvents");
        for (JsonElement one : events.getAsJsonArray()) {
            JsonObject event = one.getAsJsonObject();
            if (event.has("dur")) {
                double start = event.get("ts").getAsDouble();
                double end = start + event.get("dur").getAsDouble();
                String thread = String.valueOf(event.get("tid"));
                spans.add(new Span(name(event), thread, start, end));
            }
        }
        spans.sort(
                Comparator.comparingDouble(Span::start)
                        .thenComparing(Span::end, Comparator.reverseOrder()));
        return spans;
    }

    /** A convolution's weight follows its input, and backward the gradient comes before both. */
    private static String name(JsonObject event) {
        String name = event.get("name").getAsString();
        boolean backward = name.equals(CONVOLUTION + "_backward");
        if (!backward && !name.equals(CONVOLUTION)) {
            return name;
        }
        JsonArray weight = event.getAsJsonArray("shape").get(backward ? 2 : 1).getAsJsonArray();
        String kernel =
                weight.asList().stream()
                        .skip(2)
                        .map(JsonElement::getAsString)
                        .collect(Collectors.joining("x"));
        return KERNEL + kernel + (backward ? ", backward" : "");
    }

    /** How many operations Java asked for, without those that one of them is made of. */
    int outermost() {
        int count = 0;
        double end = Double.NEGATIVE_INFINITY;
        for (Span span : spans) {
            if (span.start() >= end) {
                count++;
                end = span.end();
            }
        }
        return count;
    }

    /** The operations by name, those of most time first. */
    List<Operation> byTime() {
        Map<String, Operation> own = new TreeMap<>();
        spans.stream()
                .collect(Collectors.groupingBy(Span::thread, TreeMap::new, Collectors.toList()))
                .values()
                .forEach(ofThread -> addOwn(ofThread, own));
        return own.values().stream()
                .sorted(Comparator.comparingDouble(Operation::millis).reversed())
                .toList();
    }

    /** Adds the time of each operation to its name, and takes it from that around it. */
    private static void addOwn(List<Span> spans, Map<String, Operation> own) {
        Deque<Span> around = new ArrayDeque<>();
        for (Span span : spans) {
            while (!around.isEmpty() && around.peek().end() <= span.start()) {
                around.pop();
            }
            if (!around.isEmpty() && around.peek().name().startsWith(KERNEL)) {
                continue;
            }
            if (!around.isEmpty()) {
                add(own, around.peek().name(), 0, -span.millis());
            }
            add(own, span.name(), 1, span.millis());
            around.push(span);
        }
    }

    private static void add(Map<String, Operation> own, String name, int calls, double millis) {
        own.merge(
                name,
                new Operation(name, calls, millis),
                (a, b) -> new Operation(name, a.calls() + b.calls(), a.millis() + b.millis()));
    }
}
