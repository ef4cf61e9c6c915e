/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.github.gssloss.files.ResidentMemory;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.networks.ModalityNetwork;
import io.github.gssloss.networks.weights.BlockWeights;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code gss bench step --model}, and the page that it is for. */
class NetworkTableTest {

    private static final Path PAGE = Path.of("..", "networks", "docs", "which-network.md");
    private static final List<String> TITLES = List.of("RFNet", "mmFormer", "U-HVED", "RobustSeg");

    /** Names of parameters of RFNet and mmFormer. */
    private static final String TRAINING_ALONE = "decoder_sep\\..*|decoder_fuse\\.seg_d\\d\\..*";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theNetworksSideBySide() throws IOException {
        int exit = run("--model=all", "--width=4", "--crop=32", "--batch=1", "--repeats=1");

        assertThat(err.toString()).isEmpty();
        assertThat(exit).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(0)).startsWith("machine: ");
        for (int i = 0; i < TITLES.size(); i++) {
            assertThat(lines.get(2 + i))
                    .isEqualTo(TITLES.get(i) + " of width 4, crops of 32^3, batch 1");
        }
        assertThat(lines.get(7))
                .matches("median of 1 steps or predictions +" + String.join(" +", TITLES));
        List<NetworkCost> rows =
                Stream.of(NetworkCost.values())
                        .filter(
                                cost ->
                                        ResidentMemory.isKnown()
                                                || !cost.name().endsWith("_MEMORY"))
                        .toList();
        for (int i = 0; i < rows.size(); i++) {
            assertThat(lines.get(8 + i)).matches(rows.get(i).label() + "( +[0-9,]+(\\.\\d)?){4}");
        }
        if (ResidentMemory.isKnown()) {
            double[] steps = numbers(lines, NetworkCost.STEP_MEMORY);
            double[] predictions = numbers(lines, NetworkCost.PREDICTION_MEMORY);
            for (int i = 0; i < TITLES.size(); i++) {
                assertThat(steps[i]).as(TITLES.get(i)).isGreaterThan(predictions[i]);
            }
        }
        List<String> ratios = lines.subList(lines.size() - TITLES.size(), lines.size());
        assertThat(ratios.stream().map(line -> line.replaceFirst(" \\d+\\.\\d{3}$", "")))
                .containsExactly(
                        "ratio gss-overhead-rfnet",
                        "ratio gss-overhead-mmformer",
                        "ratio gss-overhead-uhved",
                        "ratio gss-overhead-robustseg");
    }

    private static double[] numbers(List<String> lines, NetworkCost cost) {
        String row =
                lines.stream().filter(l -> l.startsWith(cost.label())).findFirst().orElseThrow();
        String cells = row.substring(cost.label().length()).strip();
        return Arrays.stream(cells.split(" +", -1)).mapToDouble(Double::parseDouble).toArray();
    }

    /** No system has so many addresses. */
    @Test
    void aNetworkThatIsTooLarge() {
        int exit = run("--model=uhved", "--width=2", "--crop=8192", "--batch=64", "--repeats=1");

        assertThat(err.toString()).isEmpty();
        assertThat(exit).isZero();
        assertThat(out.toString())
                .contains("\nU-HVED of width 2, crops of 8192^3, batch 64\n")
                .contains("\nU-HVED, time of a prediction: out of memory\n")
                .contains("\nU-HVED, time of a step: out of memory\n")
                .doesNotContain("ratio");
    }

    @Test
    void onlyWhatSaysSoIsMemory() {
        assertThat(NetworkProcess.isOutOfMemory(new EngineException("CUDA out of memory.")))
                .isTrue();
        assertThat(NetworkProcess.isOutOfMemory(new EngineException("std::bad_alloc"))).isTrue();
        assertThat(NetworkProcess.isOutOfMemory(new EngineException("shape mismatch"))).isFalse();
        assertThat(NetworkProcess.isOutOfMemory(new EngineException(""))).isFalse();
    }

    /** The counts of the published sizes: the layers tell them, one by one. */
    @ParameterizedTest
    @CsvSource({"UHVED, 1250552, 959112", "ROBUSTSEG, 38042809, 6650292"})
    void theParametersThatAPredictionNeeds(BenchNetwork network, long all, long read) {
        StepCase size = new StepCase(network, network.published(), 16, 1);
        try (TimedPrediction prediction = new TimedPrediction(size, Device.cpu())) {
            assertThat(prediction.parameters()).isEqualTo(all);
            assertThat(prediction.parametersRead()).isEqualTo(read);
        }
    }

    /** The positions of mmFormer's tokens are as many as its crop has patches. */
    @ParameterizedTest
    @EnumSource
    void thePageHasTheParameters(BenchNetwork network) throws IOException {
        long positions = network == BenchNetwork.MMFORMER ? 4L * 512 * (125 - 8) : 0;
        StepCase size = new StepCase(network, network.published(), 32, 1);
        try (TimedPrediction prediction = new TimedPrediction(size, Device.cpu())) {
            assertThat(onPage("parameters", network))
                    .isEqualTo(prediction.parameters() + positions);
            assertThat(onPage("of these for a prediction", network))
                    .isEqualTo(prediction.parametersRead() + positions);
        }
    }

    private static long onPage(String row, BenchNetwork network) throws IOException {
        String line =
                Files.readAllLines(PAGE).stream()
                        .filter(one -> one.startsWith("| " + row + " |"))
                        .findFirst()
                        .orElseThrow();
        String cell = line.split("\\|", -1)[2 + network.ordinal()];
        return Long.parseLong(cell.strip().replace(",", ""));
    }

    /** The decoder of the branches, and mmFormer's heads of coarser levels. */
    @ParameterizedTest
    @EnumSource(names = {"RFNET", "MMFORMER"})
    void thePredictionLeavesOutWhatOnlyTrains(BenchNetwork network) {
        StepCase size = new StepCase(network, 4, 32, 1);
        try (TimedPrediction prediction = new TimedPrediction(size, Device.cpu());
                NDManager manager = NDManager.newBaseManager()) {
            ModalityNetwork same = size.create();
            same.initialize(manager, DataType.FLOAT32, size.images(), size.subsets());
            long training =
                    BlockWeights.parameters(same).entrySet().stream()
                            .filter(entry -> entry.getKey().matches(TRAINING_ALONE))
                            .mapToLong(entry -> entry.getValue().getArray().size())
                            .sum();
            assertThat(training).isPositive();
            assertThat(prediction.parametersRead()).isEqualTo(prediction.parameters() - training);
        }
    }

    @Test
    void aNetworkTakesItsOwnSizes() {
        assertThat(new StepCase(BenchNetwork.UHVED, 2, 16, 1))
                .hasToString("U-HVED of width 2, crops of 16^3, batch 1");
        assertThat(new StepCase(BenchNetwork.ROBUSTSEG, 1, 16, 1).width()).isEqualTo(1);
        refused(
                BenchNetwork.UHVED,
                3,
                16,
                "--width: expected a multiple of 2 of at least 2, got 3");
        refused(
                BenchNetwork.ROBUSTSEG,
                0,
                16,
                "--width: expected a whole number of at least 1, got 0");
        refused(
                BenchNetwork.MMFORMER,
                8,
                16,
                "--crop: expected a multiple of 16 of at least 32, got 16");
    }

    private static void refused(BenchNetwork network, int width, int crop, String message) {
        assertThatThrownBy(() -> new StepCase(network, width, crop, 1))
                .isInstanceOf(UserInputException.class)
                .hasMessage(message);
    }

    @Test
    void aNetworkThatIsNotKnown() {
        assertThat(run("--model=unet")).isEqualTo(2);
        assertThat(err.toString()).contains("'--model'", "RFNET, MMFORMER, UHVED, ROBUSTSEG, ALL");
    }

    @Test
    void theCommandsOfThePageAreRead() throws IOException {
        List<String> commands =
                Files.readAllLines(PAGE).stream()
                        .filter(line -> line.startsWith("gss bench "))
                        .map(line -> line.replaceFirst(" *#.*", ""))
                        .toList();

        assertThat(commands).contains("gss bench step --model all --batch 1 --repeats 5");
        for (String command : commands) {
            String[] options = command.replaceFirst("gss bench ", "").split(" ", -1);
            assertThat(Bench.commandLine().parseArgs(options).hasSubcommand()).as(command).isTrue();
        }
    }

    private int run(String... options) {
        return Bench.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(
                        Stream.concat(Stream.of("step", "--threads=1"), Stream.of(options))
                                .toArray(String[]::new));
    }
}
