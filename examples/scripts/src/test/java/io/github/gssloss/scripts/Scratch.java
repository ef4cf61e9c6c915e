/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.metric.Metric;
import ai.djl.metric.Metrics;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Folders and phantoms for the tests. */
final class Scratch {

    private Scratch() {}

    /**
     * Windows deletes no file that is mapped, so the folders lie where the next clean finds them.
     */
    static Path newFolder() throws IOException {
        Path parent = Files.createDirectories(Path.of("target", "script-tests"));
        return Files.createTempDirectory(parent, "out");
    }

    /** Three cases to learn from and one to hold out. */
    static Path phantoms(Path folder) {
        return PhantomCohort.writeOnce(folder.resolve("phantoms"), 4, 32);
    }

    /** The loss has fallen, and every region has a Dice that is a share. */
    static void assertLearned(Metrics metrics) {
        List<Metric> losses = metrics.getMetric("train_progress_GssLoss");
        assertThat(losses).hasSizeGreaterThan(1);
        assertThat(losses.get(losses.size() - 1).getValue().doubleValue())
                .isLessThan(losses.get(0).getValue().doubleValue());
        for (String region : List.of("whole", "core", "enhancing")) {
            assertThat(metrics.latestMetric("Dice " + region).getValue().doubleValue())
                    .isBetween(0.0, 1.0);
        }
    }
}
