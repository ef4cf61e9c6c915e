/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import ai.djl.Device;
import io.github.gssloss.files.Counted;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.config.SettingKey;
import io.github.gssloss.program.config.Threads;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.runfolder.RunLength;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a training is about to do, in the lines that its user reads first. */
final class TrainingSummary {

    /** Two CPU cores learned from about 3e8 voxels an hour with an RFNet of width 8. */
    private static final double VOXELS_OF_DAYS = 1e10;

    private TrainingSummary() {}

    static List<String> lines(
            RunSettings settings, RunNetwork network, Device device, TrainingCases cases) {
        RunLength length = RunLength.of(settings);
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "network  %s, %,d parameters",
                        SettingKey.settingName(settings.model().name()),
                        network.size()));
        lines.add(
                "cases    %d, crops of %s, %d a step"
                        .formatted(cases.count(), settings.crop(), settings.batch()));
        DataDescription shown = settings.description();
        lines.add(
                "data     %s: modalities %s; classes %s; %s"
                        .formatted(
                                shown.name(),
                                words(shown.modalities()),
                                words(shown.labels().classNames()),
                                settings.spacing().map(mm -> "at " + mm + " mm, ").orElse("")
                                        + settings.clip()
                                                .map(
                                                        clip ->
                                                                "clipped to percentiles "
                                                                        + clip
                                                                        + ", z-score")
                                                .orElse("z-score")));
        cases.split().ifPresent(split -> lines.add("split    " + split));
        lines.addAll(cases.gaps());
        lines.add(
                "device   %s, engine threads: %s, workers: %d"
                        .formatted(device, Threads.current(), settings.workers()));
        lines.add(
                "steps    %d: %s of %d%s"
                        .formatted(
                                length.steps(),
                                Counted.of(settings.epochs(), "epoch"),
                                settings.iterations(),
                                settings.rounds() == 1
                                        ? ""
                                        : " in " + settings.rounds() + " rounds"));
        lines.add("loss     " + settings.loss().words());
        double voxels = (double) length.steps() * settings.batch() * settings.crop().voxels();
        if (!device.isGpu() && voxels >= VOXELS_OF_DAYS) {
            lines.add(
                    "warning: %d steps of this size take days on a CPU; fewer epochs and iterations,"
                                    .formatted(length.steps())
                            + " a smaller crop or --device gpu make them shorter");
        }
        return lines;
    }

    private static String words(List<?> names) {
        return names.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
