/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import io.github.gssloss.program.cli.CellMain;
import io.github.gssloss.program.experiment.ChildJava;
import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/** The process that an executor starts for a cell. */
final class ExecutorJava {

    private static final long MIB = 1L << 20;

    private ExecutorJava() {}

    /** A process for the task that runs in this thread, with the task's GPUs alone. */
    static ChildJava forTask(List<String> given) {
        List<String> options = new ArrayList<>(given);
        if (options.isEmpty()) {
            options.add("-Xmx" + Runtime.getRuntime().maxMemory() / MIB + "m");
        }
        options.add("-Djava.awt.headless=true");
        // Where Spark's logging is found before the program's: the log of a cell has its warnings.
        options.add("-Dlog4j2.level=WARN");
        return new ChildJava(CellMain.class, classPath(), options, environment());
    }

    /** Variables of the start script {@code gss}, which says why, and the GPUs of the task. */
    private static Map<String, String> environment() {
        Map<String, String> variables = new HashMap<>();
        Set<String> set = System.getenv().keySet();
        if (!set.contains("OMP_WAIT_POLICY") && !set.contains("GOMP_SPINCOUNT")) {
            variables.put("GOMP_SPINCOUNT", "10000");
        }
        if (set.stream().noneMatch(name -> name.startsWith("MALLOC_"))) {
            variables.put("MALLOC_MMAP_MAX_", "0");
            variables.put("MALLOC_TRIM_THRESHOLD_", "100000000000");
            variables.put("MALLOC_TOP_PAD_", "1000000000");
            variables.put("MALLOC_ARENA_MAX", "1");
            if (!set.contains("GLIBC_TUNABLES")) {
                variables.put("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");
            }
        }
        TaskContext task = TaskContext.get();
        ResourceInformation gpus = task == null ? null : task.resourcesJMap().get("gpu");
        if (gpus != null) {
            // The engine's first device is then the first of the task's.
            variables.put("CUDA_VISIBLE_DEVICES", String.join(",", gpus.addresses()));
        }
        return variables;
    }

    /**
     * The jars of this program and those of Spark: what was submitted is in a class loader of its
     * own, what the executor was started with is in its class path.
     */
    static String classPath() {
        Set<String> entries = new LinkedHashSet<>();
        ClassLoader loader = ExecutorJava.class.getClassLoader();
        for (; loader != null; loader = loader.getParent()) {
            if (loader instanceof URLClassLoader jars) {
                for (URL jar : jars.getURLs()) {
                    entries.add(file(jar));
                }
            }
        }
        entries.addAll(
                List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)));
        return String.join(File.pathSeparator, entries);
    }

    private static String file(URL jar) {
        try {
            return Path.of(jar.toURI()).toString();
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IllegalStateException("expected a jar in a file, got " + jar, e);
        }
    }
}
