/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import ai.djl.util.Progress;
import io.github.gssloss.program.Silent;
import java.util.ArrayList;
import java.util.List;

/** Keeps the lines told and shows no progress. */
final class Told implements ExperimentRun.Listener {

    final List<String> lines = new ArrayList<>();

    @Override
    public Progress progress() {
        return new Silent();
    }

    @Override
    public void told(String line) {
        lines.add(line);
    }
}
