/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Names of files in the locale of this process. In the locale C, for example, Java finds a file
 * whose name has letters beyond ASCII but cannot say its name.
 */
public final class PathNames {

    private PathNames() {}

    /**
     * Makes a path of a text.
     *
     * @param text the text
     * @return the path
     * @throws UserInputException if this locale has no such path; names a locale that has
     */
    public static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw unreadable(text, e);
        }
    }

    /**
     * Checks that the name of a file that was found can be read.
     *
     * @param found the file
     * @throws UserInputException if it cannot in this locale; names a locale in which it can
     */
    public static void requireReadable(Path found) {
        String text = found.toString();
        if (!path(text).equals(found)) {
            throw unreadable(text, null);
        }
    }

    private static UserInputException unreadable(String text, Exception cause) {
        return new UserInputException(
                "%s: cannot be the name of a file in this locale (%s), set LC_ALL=C.UTF-8"
                        .formatted(text, System.getProperty("sun.jnu.encoding")),
                cause);
    }
}
