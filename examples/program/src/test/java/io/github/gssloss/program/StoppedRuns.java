/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.nifti.NiftiDatatype;
import io.github.gssloss.imaging.nifti.NiftiImage;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.training.TrainingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tiny runs that can be made to fail on the way, and one of the same settings that never did. */
public final class StoppedRuns {

    /** Two rounds of three epochs with two steps each: 12 steps, checkpoints at 2, 4, 6... */
    public static final Map<String, String> TINY =
            Map.ofEntries(
                    entry("model.width", "4"),
                    entry("crop", "16"),
                    entry("batch", "1"),
                    entry("epochs", "3"),
                    entry("iterations", "2"),
                    entry("rounds", "2"),
                    entry("checkpointEvery", "1"),
                    entry("decisionsEvery", "2"),
                    entry("lr", "0.01"),
                    entry("clipNorm", "5"),
                    entry("seed", "3"));

    private final Path folder;
    private final Path data;
    private final RunFolder whole;
    private final List<String> notes = new ArrayList<>();

    public StoppedRuns(Path folder) throws IOException {
        this.folder = folder;
        data = folder.resolve("phantoms");
        PhantomCohort.write(data, 2, phantoms(), done -> {});
        CaseFiles.find(data)
                .forEach(files -> files.images().values().forEach(StoppedRuns::toFloat));
        whole =
                new TrainingRun(RunSettings.of(TINY), new Silent())
                        .run(data, folder.resolve("whole"), cache(), "test", line -> {});
    }

    /** What the cache keeps as floats can be made NaN there. */
    private static void toFloat(Path file) {
        NiftiImage image = NiftiReader.read(file);
        float[] data = image.data();
        for (int v = 0; v < data.length; v++) {
            data[v] *= 0.5f;
        }
        NiftiWriter.write(file, image.header().withDatatype(NiftiDatatype.FLOAT32), data);
    }

    public static PhantomSettings phantoms() {
        return PhantomSettings.ofSeed(5).withShape(32, 32, 32);
    }

    public Path data() {
        return data;
    }

    public Path cache() {
        return folder.resolve("cache");
    }

    /** The run that never failed. */
    public RunFolder whole() {
        return whole;
    }

    /** The notes on the runs that went on. */
    public List<String> notes() {
        return notes;
    }

    /** Starts a run that fails after a step, before the losses of the step are written. */
    public void failAt(int step, Path run, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(TINY);
        values.putAll(more);
        TrainingRun training = new TrainingRun(RunSettings.of(values), new FailingAt(step));
        assertThatThrownBy(() -> training.run(data, run, cache(), "test", line -> {}))
                .hasMessage("power cut at step " + step);
    }

    public RunFolder resume(Path run, Silent progress) throws IOException {
        return TrainingRun.resume(RunFolder.open(run), data, cache(), progress, notes::add);
    }
}
