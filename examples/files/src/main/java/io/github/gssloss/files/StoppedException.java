/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

/** Work was asked to stop and has saved where it is. The message says how it goes on. */
public final class StoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message one line: what is saved, and how to go on
     */
    public StoppedException(String message) {
        super(message);
    }

    /**
     * Creates the exception where only the caller knows how to go on.
     *
     * @param message one line: what is saved, and how to go on
     * @param cause where the work stopped
     */
    public StoppedException(String message, StoppedException cause) {
        super(message, cause);
    }
}
