/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.gssloss.core.DistillationInput;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Counts the operations of PyTorch that an evaluation of the distillation takes, by the engine's
 * profile: those that Java asks for, not those that one of them is made of. Views and constants
 * count as well.
 */
final class EngineOperations {

    private EngineOperations() {}

    /**
     * Counts an evaluation of random logits in one block, on the manager's device.
     *
     * @param size how large, of at most the voxels of one block
     * @param config the settings
     * @param manager receives the arrays
     */
    static int count(LossCase size, GssConfig config, NDManager manager) throws IOException {
        try (NDManager work = manager.newSubManager()) {
            NDArray truth = size.truth(work);
            NDList logits = size.logits(truth);
            DistillationInput input =
                    DistillationInput.builder()
                            .setBranchLogits(logits)
                            .optLabels(truth)
                            .optFused(logits.get(0).softmax(1))
                            .optReady(work.ones(new Shape(size.classes())))
                            .build();
            GroupDistillation distillation = new GroupDistillation(config, size.voxels());
            Path profile = Files.createTempFile("gss-operations", ".json");
            try {
                profiler("startProfile", boolean.class, false, false, false);
                try {
                    distillation.evaluate(input).close();
                } finally {
                    profiler("stopProfile", String.class, profile.toString());
                }
                return outermost(profile);
            } finally {
                Files.delete(profile);
            }
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

    private record Span(double start, double end) {}

    private static int outermost(Path profile) throws IOException {
        List<Span> spans = new ArrayList<>();
        JsonElement all = JsonParser.parseString(Files.readString(profile));
        JsonElement events = all.isJsonArray() ? all : all.getAsJsonObject().get("traceEvents");
        for (JsonElement one : events.getAsJsonArray()) {
            JsonObject event = one.getAsJsonObject();
            if (event.has("dur")) {
                double start = event.get("ts").getAsDouble();
                spans.add(new Span(start, start + event.get("dur").getAsDouble()));
            }
        }
        spans.sort(
                Comparator.comparingDouble(Span::start)
                        .thenComparing(Span::end, Comparator.reverseOrder()));
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
}
