/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import java.util.ResourceBundle;

/** Which build of the program this is. */
public final class ProgramVersion {

    private static final ResourceBundle BUILD =
            ResourceBundle.getBundle(ProgramVersion.class.getPackageName() + ".build");

    private ProgramVersion() {}

    /**
     * Returns the version of the program.
     *
     * @return for example {@code 0.1.0}
     */
    public static String version() {
        return BUILD.getString("version");
    }

    /**
     * Returns the commit that the program was built from.
     *
     * @return the abbreviated hash, with {@code -dirty} where files differed from it, or {@code
     *     unknown} where it was built outside a git work tree
     */
    public static String commit() {
        return BUILD.getString("commit");
    }
}
