/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.files.ResidentMemory;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimingLogTest {

    @TempDir private Path folder;

    @Test
    void everyPartOfAnEpochHasARowAlsoAfterAResume() throws Exception {
        RunFolder run = RunFolder.create(folder, RunSettings.defaults(), Map.of());
        part(new TimingLog(run), 0, 2);
        TimingLog resumed = new TimingLog(run);
        part(resumed, 0, 0);
        part(resumed, 0, 1);
        part(resumed, 1, 3);

        List<String> rows = Files.readAllLines(run.timings());
        assertThat(rows.get(0)).isEqualTo("epoch,steps,secondsPerStep,peakMegabytes");
        assertThat(rows).hasSize(4);
        // A step of at least 20 ms; the memory of a Java process where the system reports it.
        assertThat(rows.get(1)).matches("0,2,0\\.0[2-9]\\d+,(\\d{2,}\\.\\d)?|0,2,0\\.[1-9].*");
        assertThat(rows.get(2)).startsWith("0,1,0.");
        assertThat(rows.get(3)).startsWith("1,3,0.");
        assertThat(rows.get(3).endsWith(",")).isNotEqualTo(ResidentMemory.isKnown());
    }

    private static void part(TimingLog timings, int epoch, int steps)
            throws IOException, InterruptedException {
        timings.begin();
        for (int step = 0; step < steps; step++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        timings.end(epoch, steps);
    }
}
