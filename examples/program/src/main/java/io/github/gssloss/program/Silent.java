/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program;

import ai.djl.util.Progress;

/** A progress display that shows nothing: for work that nobody watches. */
public class Silent implements Progress {

    /** Makes a display. */
    public Silent() {}

    @Override
    public void reset(String message, long max, String trailingMessage) {}

    @Override
    public void start(long initialProgress) {}

    @Override
    public void end() {}

    @Override
    public void increment(long increment) {}

    @Override
    public void update(long progress, String message) {}
}
