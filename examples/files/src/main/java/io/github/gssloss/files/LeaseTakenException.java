/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

/** Somebody else, perhaps on another machine, holds a {@link Lease} and goes on holding it. */
public final class LeaseTakenException extends UserInputException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message one line: what is held, and by whom
     */
    public LeaseTakenException(String message) {
        super(message);
    }
}
