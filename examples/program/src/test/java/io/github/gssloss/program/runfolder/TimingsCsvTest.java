/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.runfolder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.files.ResidentMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimingsCsvTest {

    @TempDir private Path folder;

    @Test
    void everyPartOfAnEpochHasARowAlsoAfterAResume() throws Exception {
        Path file = folder.resolve("timings.csv");
        part(new TimingsCsv(file), 0, 2);
        TimingsCsv resumed = new TimingsCsv(file);
        part(resumed, 0, 0);
        part(resumed, 0, 1);
        part(resumed, 1, 3);

        List<String> rows = Files.readAllLines(file);
        assertThat(rows.get(0)).isEqualTo("epoch,steps,secondsPerStep,peakMegabytes");
        assertThat(rows).hasSize(4);
        // A step of at least 20 ms; the memory of a Java process where the system tells it.
        assertThat(rows.get(1)).matches("0,2,0\\.0[2-9]\\d+,(\\d{2,}\\.\\d)?|0,2,0\\.[1-9].*");
        assertThat(rows.get(2)).startsWith("0,1,0.");
        assertThat(rows.get(3)).startsWith("1,3,0.");
        assertThat(rows.get(3).endsWith(",")).isNotEqualTo(ResidentMemory.isKnown());
    }

    private static void part(TimingsCsv timings, int epoch, int steps)
            throws IOException, InterruptedException {
        timings.begin();
        for (int step = 0; step < steps; step++) {
            TimeUnit.MILLISECONDS.sleep(20);
            timings.count();
        }
        timings.end(epoch);
    }
}
