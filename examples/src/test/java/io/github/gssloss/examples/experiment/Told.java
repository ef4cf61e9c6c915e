/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.experiment;

import ai.djl.util.Progress;
import java.util.ArrayList;
import java.util.List;

/** Keeps the lines told and shows no progress. */
final class Told implements ExperimentRun.Listener {

    final List<String> lines = new ArrayList<>();

    @Override
    public Progress progress() {
        return new Progress() {

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
        };
    }

    @Override
    public void told(String line) {
        lines.add(line);
    }
}
