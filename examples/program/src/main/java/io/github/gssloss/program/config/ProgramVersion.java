/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which build of the program this is. */
public final class ProgramVersion {

    private static final Properties BUILD = read();

    private ProgramVersion() {}

    /**
     * Returns the version of the program.
     *
     * @return for example {@code 0.1.0}
     */
    public static String version() {
        return BUILD.getProperty("version");
    }

    /**
     * Returns the commit that the program was built from.
     *
     * @return the abbreviated hash, with {@code -dirty} where files differed from it, or {@code
     *     unknown} where it was built outside a git work tree
     */
    public static String commit() {
        return BUILD.getProperty("commit");
    }

    private static Properties read() {
        Properties build = new Properties();
        try (InputStream in = ProgramVersion.class.getResourceAsStream("build.properties")) {
            build.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return build;
    }
}
