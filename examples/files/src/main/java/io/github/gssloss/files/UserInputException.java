/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

/**
 * Something the user gave cannot be used: a file, a folder, a setting. The message is one line that
 * names the input, what was expected and what came; the command line prints it without a stack
 * trace and exits with a non-zero status.
 */
public sealed class UserInputException extends RuntimeException permits LeaseTakenException {

    private static final long serialVersionUID = 1L;

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

    /** A damaged file's own text may hold whatever there is. */
    private static String oneLine(String message) {
        return message.replaceAll("\\p{Cntrl}", "?");
    }
}
