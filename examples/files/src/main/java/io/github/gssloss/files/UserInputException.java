/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

/**
 * Something the user gave cannot be used: a file, a folder, a setting. The message is one line that
 * names the input, what was expected and what came; the command line prints it without a stack
 * trace and exits with a non-zero status.
 */
public sealed class UserInputException extends RuntimeException permits LeaseTakenException {

    private static final long serialVersionUID = 1L;

    /** What lies in the middle of a longer message is left out. */
    private static final int LONGEST = 2000;

    /**
     * Creates the exception.
     *
     * @param message one line: the input, what was expected, what came
     */
    public UserInputException(String message) {
        super(oneLine(message));
    }

    /**
     * Creates the exception with the failure underneath.
     *
     * @param message one line: the input, what was expected, what came
     * @param cause the failure that revealed it
     */
    public UserInputException(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    /** A damaged file's own text may hold whatever there is, and be as long as the file. */
    private static String oneLine(String message) {
        String line = message.replaceAll("\\p{Cntrl}", "?");
        int left = line.length() - LONGEST;
        return left <= 0
                ? line
                : "%s [... %d characters ...] %s"
                        .formatted(
                                line.substring(0, LONGEST / 2),
                                left,
                                line.substring(line.length() - LONGEST / 2));
    }
}
