/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.cli.Inputs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gss-spark simulate}: what a cluster would gain, without one. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Simulates a cohort on 1 to --executors executors and says where more stop paying.",
            "Give the seconds of a case that gss evaluate took on such a machine."
        })
final class SimulateCommand implements Callable<Integer> {

    /** What a simulation does within seconds. */
    private static final int MOST = 10_000_000;

    @Option(
            names = "--cases",
            paramLabel = "N",
            description = "Cases of the cohort; default: 1251, as BraTS 2021 has them.")
    private int cases = 1251;

    @Option(
            names = "--folds",
            paramLabel = "N",
            description = "Networks that each evaluate every case; default: 5.")
    private int folds = 5;

    @Option(
            names = "--seconds",
            required = true,
            paramLabel = "S",
            description = "Seconds that one executor takes for one case with all its subsets.")
    private double seconds;

    @Option(
            names = "--sigma",
            paramLabel = "X",
            description =
                    "How much cases differ: standard deviation of the logarithm of their time;"
                            + " default: 0.3.")
    private double sigma = 0.3;

    @Option(
            names = "--executors",
            paramLabel = "N",
            description = "The most executors, from 1 doubling; default: 1024.")
    private int most = 1024;

    @Option(
            names = "--gain",
            paramLabel = "X",
            description =
                    "Doubling stops paying where it saves less than this share of the time;"
                            + " default: 0.25.")
    private double gain = 0.25;

    @Option(names = "--plot", paramLabel = "FILE", description = "A PNG of it.")
    private Optional<Path> plot;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        check();
        ClusterModel model = ClusterModel.ofTasks(seconds, sigma);
        int tasks = cases * folds;
        print("%d tasks of %s s, sigma %s".formatted(tasks, seconds, sigma));
        print("executors  hours      speed-up   used");
        List<ScalePlot.Point> points = new ArrayList<>();
        double alone = model.wall(tasks, 1, 1);
        for (int executors = 1; executors <= most; executors *= 2) {
            double wall = model.wall(tasks, executors, 1);
            points.add(new ScalePlot.Point(executors, wall));
            print(
                    "%-10d %-10.2f %-10.1f %.0f %%"
                            .formatted(
                                    executors,
                                    wall / ScalePlot.HOUR,
                                    alone / wall,
                                    100 * alone / wall / executors));
        }
        print(paying(points));
        plot.ifPresent(file -> new ScalePlot(points, tasks, seconds).write(file));
        return 0;
    }

    private void check() {
        Inputs.atLeast("--cases", cases, 1);
        Inputs.atLeast("--folds", folds, 1);
        Inputs.atLeast("--executors", most, 1);
        check("--executors", "at most " + MOST, most, most <= MOST);
        long tasks = (long) cases * folds;
        check("--cases times --folds", "at most " + MOST, tasks, tasks <= MOST);
        check("--seconds", "more than 0", seconds, seconds > 0 && Double.isFinite(seconds));
        check("--sigma", "at least 0", sigma, sigma >= 0 && Double.isFinite(sigma));
        check("--gain", "a share from 0 to 1", gain, gain >= 0 && gain <= 1);
    }

    private static void check(String option, String expected, Number got, boolean holds) {
        if (!holds) {
            throw new UserInputException(
                    "%s: expected %s, got %s".formatted(option, expected, got));
        }
    }

    /** The point from which doubling saves less than the share that is wanted. */
    private String paying(List<ScalePlot.Point> points) {
        for (int i = 0; i + 1 < points.size(); i++) {
            double saved = 1 - points.get(i + 1).wall() / points.get(i).wall();
            if (saved < gain) {
                return "More than %d executors stop paying: twice as many save %.0f %% of the time"
                        .formatted(points.get(i).executors(), 100 * saved);
            }
        }
        return "More executors go on paying up to " + most;
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
    }
}
