/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables and the picture of the loss's cost by size. */
class LossScalingTest {

    @TempDir private Path folder;

    @Test
    void tablesAndAPicture() throws IOException {
        StringWriter out = new StringWriter();
        Path charts = LossScaling.make(folder.resolve("charts"));

        new LossScaling(new PrintWriter(out, true), Device.cpu(), 1)
                .run(charts, List.of(4, 64, 72), 4);

        String text = out.toString().replace("\r\n", "\n");
        assertThat(text)
                .containsPattern(
                        "voxels, batch 2 +ms +ns a voxel\n2 x 4\\^3 = 128 +\\d+\\.\\d +\\d")
                .containsPattern("2 x 72\\^3 = 746496 +\\d+\\.\\d +\\d+\\.\\d\n")
                .containsPattern("ratio voxel-cost-spread-64-to-128 \\d+\\.\\d\\d\n")
                .containsPattern("ns a voxel, 4\\^3, batch 2 +2 classes +3 classes .* 8 classes\n")
                .containsPattern("6 modalities( +\\d+\\.\\d){7}\n");
        Path picture = charts.resolve("loss-scaling.png");
        assertThat(text).endsWith("Chart in " + picture + "\n");
        assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(1800);
    }

    @Test
    void memoryThatNobodyHas() {
        assertThat(LossScaling.fits(1 << 20)).isTrue();
        assertThat(LossScaling.fits(Long.MAX_VALUE)).isFalse();
    }
}
