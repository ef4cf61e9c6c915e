/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.doctor;

import ai.djl.util.Platform;
import ai.djl.util.Utils;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which natives of PyTorch DJL takes, and where they come from.
 *
 * @param flavour {@code cpu}, or CUDA's such as {@code cu128}; {@code unknown} where nothing says
 * @param version the version of PyTorch that they are of
 * @param origin where DJL has them from, in words
 * @param onClassPath whether they lie in a jar on the class path
 */
record Natives(String flavour, String version, String origin, boolean onClassPath) {

    static final String LIBRARY_PATH = "PYTORCH_LIBRARY_PATH";
    private static final String VERSION = "PYTORCH_VERSION";
    private static final String FLAVOUR = "PYTORCH_FLAVOR";
    private static final String UNKNOWN = "unknown";
    private static final String JAR = "native/lib/pytorch.properties";
    private static final Path MAPS = Path.of("/proc/self/maps");

    /** Looks as DJL does: a folder that the user names, then the class path, then a download. */
    static Natives find(Map<String, String> environment) {
        Optional<String> folder = set(environment, LIBRARY_PATH);
        Optional<String> version = set(environment, VERSION);
        Optional<String> flavour = set(environment, FLAVOUR);
        if (folder.isPresent()) {
            return new Natives(
                    flavour.orElse(UNKNOWN),
                    version.orElse(UNKNOWN),
                    LIBRARY_PATH + " " + folder.get(),
                    false);
        }
        Platform platform = Platform.detectPlatform("pytorch");
        URL jar = Natives.class.getClassLoader().getResource(JAR);
        boolean fits = version.map(platform.getVersion()::startsWith).orElse(true);
        if (jar != null && !platform.isPlaceholder() && fits) {
            return new Natives(
                    platform.getFlavor(),
                    platform.getVersion(),
                    "class path, %s, unpacked in %s".formatted(jarName(jar), cache()),
                    true);
        }
        return new Natives(
                flavour.orElse(platform.getFlavor()),
                fits ? platform.getVersion() : version.get(),
                "downloaded by DJL to " + cache(),
                false);
    }

    /** What the user set, as a variable or, where there is none, as a property of Java. */
    private static Optional<String> set(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.getOrDefault(name, System.getProperty(name)))
                .filter(value -> !value.isEmpty());
    }

    private static Path cache() {
        return Utils.getEngineCacheDir("pytorch");
    }

    /** Whether they are made for the processor alone. */
    boolean forCpuAlone() {
        return flavour.startsWith("cpu");
    }

    String text() {
        return "PyTorch " + version + ", flavour " + flavour + ", from " + origin;
    }

    /** Whether the system tells which files a process has loaded. */
    static boolean canList() {
        return Files.isReadable(MAPS);
    }

    /**
     * The files that this process has loaded and whose names hold one of these parts, as DJL puts
     * its version before some; none where the system does not tell.
     */
    static List<String> loaded(String... parts) {
        if (!canList()) {
            return List.of();
        }
        // A path may have any bytes.
        try (Stream<String> lines = Files.lines(MAPS, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.indexOf('/') >= 0)
                    .map(line -> line.substring(line.indexOf('/')))
                    .filter(file -> holds(file.substring(file.lastIndexOf('/') + 1), parts))
                    .distinct()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean holds(String name, String... parts) {
        return Stream.of(parts).anyMatch(name::contains);
    }

    /** The last part of {@code file:/lib/name.jar} in {@code jar:file:/lib/name.jar!/entry}. */
    private static String jarName(URL entry) {
        String jar = entry.toString().replaceFirst("!/.*", "");
        return jar.substring(jar.lastIndexOf('/') + 1);
    }
}
