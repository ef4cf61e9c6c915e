/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The user's folder for what can be made again at any time, which all runs share. */
public final class CacheFolder {

    /** The system property that names another folder. */
    public static final String PROPERTY = "gss.cache";

    /** The name of the folder that a run has in its own where the user's cannot be written. */
    public static final String IN_RUN = "cache";

    private CacheFolder() {}

    /**
     * Returns the folder: that of the system property {@value #PROPERTY}, else {@code gss} where
     * the system keeps caches, which is {@code $XDG_CACHE_HOME} or {@code ~/.cache}, on macOS
     * {@code ~/Library/Caches}, on Windows {@code %LOCALAPPDATA%\gss\cache}.
     *
     * @return the folder, which need not exist
     */
    public static Path standard() {
        return standard(System::getProperty, System::getenv);
    }

    static Path standard(UnaryOperator<String> properties, UnaryOperator<String> environment) {
        String named = properties.apply(PROPERTY);
        if (named != null && !named.isEmpty()) {
            return Path.of(named);
        }
        // A user without an entry in the system's list has "?" for a home.
        Path home =
                absolute(properties.apply("user.home"))
                        .orElse(Path.of(properties.apply("java.io.tmpdir")));
        String system = properties.apply("os.name");
        if (system.startsWith("Windows")) {
            return absolute(environment.apply("LOCALAPPDATA"))
                    .orElse(home.resolve("AppData").resolve("Local"))
                    .resolve("gss")
                    .resolve("cache");
        }
        if (system.startsWith("Mac")) {
            return home.resolve("Library").resolve("Caches").resolve("gss");
        }
        return absolute(environment.apply("XDG_CACHE_HOME"))
                .orElse(home.resolve(".cache"))
                .resolve("gss");
    }

    /** The standard says to pass over a relative path. */
    private static Optional<Path> absolute(String path) {
        return Optional.ofNullable(path)
                .filter(text -> !text.isEmpty())
                .map(Path::of)
                .filter(Path::isAbsolute);
    }

    /**
     * Returns the folder after it was made, or another one where it cannot be written.
     *
     * @param instead the other folder
     * @param warnings takes the line that says so
     * @return the folder to use
     */
    public static Path writable(Path instead, Consumer<String> warnings) {
        Path folder = standard();
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".written", WholeFile.TEMPORARY));
            return folder;
        } catch (IOException e) {
            warnings.accept(
                    "cache folder %s: cannot be written (%s); using %s"
                            .formatted(folder, e, instead));
            return instead;
        }
    }
}
