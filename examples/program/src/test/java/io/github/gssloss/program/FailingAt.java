/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program;

/** Fails after a step of the training, before its losses are written. */
public final class FailingAt extends Silent {

    private final long step;
    private boolean training;

    public FailingAt(long step) {
        this.step = step;
    }

    @Override
    public void reset(String message, long max, String trailingMessage) {
        training = message.equals("Training");
    }

    @Override
    public void update(long progress, String message) {
        if (training && progress == step) {
            throw new IllegalStateException("power cut at step " + step);
        }
    }
}
