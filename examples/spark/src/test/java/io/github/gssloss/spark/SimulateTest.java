/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SimulateTest {

    @TempDir private Path folder;

    /** Without differences between tasks the time can be told by hand. */
    @Test
    void equalTasksTakeTheirRounds() {
        ClusterModel model = new ClusterModel(60, 0, 15, 10, 0, 0, 0.5);
        assertThat(model.wall(10, 1, 1)).isCloseTo(15 + 10 + 600 + 5, within(1e-9));
        assertThat(model.wall(10, 4, 1)).isCloseTo(15 + 10 + 3 * 60 + 5, within(1e-9));
        assertThat(model.wall(10, 10, 1)).isCloseTo(15 + 10 + 60 + 5, within(1e-9));
        assertThat(model.wall(10, 99, 1)).isCloseTo(15 + 10 + 60 + 5, within(1e-9));
        // Loaded one after another: the last of four begins after four loads.
        ClusterModel disk = new ClusterModel(60, 0, 15, 10, 1, 0, 0);
        assertThat(disk.wall(4, 4, 1)).isCloseTo(15 + 40 + 60, within(1e-9));
    }

    @Test
    void stragglersKeepTheMean() {
        ClusterModel model = new ClusterModel(10, 0.5, 0, 0, 0, 0, 0);
        assertThat(model.wall(200_000, 1, 3) / 200_000).isCloseTo(10, within(0.05));
    }

    @Test
    void theTableSaysWhereItStopsPayingAndThePlotIsDrawn() throws Exception {
        StringWriter out = new StringWriter();
        CommandLine line = GssSpark.commandLine().setOut(new PrintWriter(out, true));
        line.getSubcommands().values().forEach(one -> one.setOut(new PrintWriter(out, true)));
        Path plot = folder.resolve("scale.png");
        assertThat(line.execute("simulate", "--seconds=60", "--plot=" + plot)).isZero();
        assertThat(out.toString())
                .contains("6255 tasks of 60.0 s", "\n64 ", "executors stop paying");
        assertThat(ImageIO.read(plot.toFile()).getWidth()).isEqualTo(900);

        StringWriter err = new StringWriter();
        line.getSubcommands().values().forEach(one -> one.setErr(new PrintWriter(err, true)));
        assertThat(line.execute("simulate", "--seconds=0")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith(
                        "gss-spark simulate: --cases, --folds, --seconds, --executors: expected");
    }
}
