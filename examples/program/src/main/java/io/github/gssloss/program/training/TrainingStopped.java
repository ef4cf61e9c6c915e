/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

/** A training was asked to stop and has saved where it is. The message says how it goes on. */
public final class TrainingStopped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TrainingStopped(String message) {
        super(message);
    }
}
