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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--seconds=0 | --seconds: expected more than 0, got 0.0",
                "--seconds=NaN | --seconds: expected more than 0, got NaN",
                "--seconds=1 --cases=0 | --cases: expected a whole number of at least 1, got 0",
                "--seconds=1 --cases=2000000000 | --cases times --folds: expected at most 10000000,"
                        + " got 10000000000",
                "--seconds=1 --executors=2000000000 | --executors: expected at most 10000000, got"
                        + " 2000000000",
                "--seconds=1 --sigma=-1 | --sigma: expected at least 0, got -1.0",
                "--seconds=1 --gain=2 | --gain: expected a share from 0 to 1, got 2.0"
            })
    void whatCannotBeSimulatedIsNamed(String options, String message) {
        StringWriter err = new StringWriter();
        CommandLine line = GssSpark.commandLine().setErr(new PrintWriter(err, true));
        String[] words = ("simulate " + options).split(" ");
        assertThat(line.execute(words)).isEqualTo(2);
        assertThat(err.toString().strip()).isEqualTo("gss-spark simulate: " + message);
    }
}
