/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.github.gssloss.bench.EngineProfile.Operation;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.networks.ModalityNetwork;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code gss bench subsets}: what an evaluation gains where the encoders of a window run once for
 * all 15 subsets of the modalities, against a whole pass for each subset.
 */
@Command(
        name = "subsets",
        description = {
            "Times RFNet with the 15 subsets of the modalities on one window: encoders once for"
                    + " all, and a pass for each.",
            "Ends with lines 'ratio NAME VALUE'."
        })
final class SubsetsBench implements Callable<Void> {

    private static final int WARM_UP = 1;
    private static final String ONCE = "encoders once";
    private static final String EACH = "a pass for each subset";
    private static final String ENCODERS = "encoders";
    private static final String FUSION = "fusion of all subsets";

    @Mixin private final BenchOptions options = new BenchOptions(3);
    @Mixin private SizeOptions network;

    @Option(
            names = "--profile",
            description =
                    "Also the operations of the engine in the fusion of all subsets, and what the"
                            + " ratio would be with its convolutions of 3x3x3 alone. CPU only.")
    private boolean profile;

    @Override
    public Void call() throws IOException {
        StepCase size = network.size(1);
        int repeats = options.repeats();
        ProfileTable.requireCpu(profile, options.onCpu());
        Device device = options.start();
        PrintWriter out = options.out();
        out.println(size);
        Map<String, Stopwatch> times;
        List<Operation> operations = List.of();
        try (Model model = Model.newInstance("rfnet", device)) {
            NDManager manager = model.getNDManager();
            OneWindow window = new OneWindow(size, manager);
            times = Stopwatch.rounds(manager, WARM_UP, repeats, contenders(window));
            if (profile) {
                operations = window.profile();
            }
        }
        Stopwatch once = times.get(ONCE);
        Stopwatch each = times.get(EACH);
        NumberTable table = new NumberTable(out, "median of " + repeats + " windows, ms", "");
        table.row(ENCODERS, once.median(ENCODERS));
        table.row(FUSION, once.median(FUSION));
        table.row(ONCE, once.median());
        table.row(EACH, each.median());
        if (profile) {
            ProfileTable.print(out, FUSION, operations);
        }
        out.printf(Locale.ROOT, "%nratio each-vs-once %.2f%n", each.median() / once.median());
        if (profile) {
            double bound = each.median() / (once.median(ENCODERS) + large(operations));
            out.printf(Locale.ROOT, "ratio each-vs-once-bound %.2f%n", bound);
        }
        return null;
    }

    /** The time of the convolutions of 3x3x3, whose input is another one for each subset. */
    private static double large(List<Operation> operations) {
        return operations.stream()
                .filter(one -> one.name().equals(EngineProfile.KERNEL + "3x3x3"))
                .mapToDouble(Operation::millis)
                .sum();
    }

    private static Map<String, Contender> contenders(OneWindow window) {
        Map<String, Contender> contenders = new LinkedHashMap<>();
        contenders.put(
                ONCE,
                watch -> {
                    try (NDList features = window.encode()) {
                        watch.lap(ENCODERS);
                        window.fuse(features);
                        watch.lap(FUSION);
                    }
                });
        contenders.put(
                EACH,
                watch -> {
                    window.passes();
                    watch.lap(EACH);
                });
        return contenders;
    }

    /** A network, the images of one window and all subsets of their modalities. */
    private static final class OneWindow {

        private final ModalityNetwork rfnet;
        private final ParameterStore store;
        private final NDArray images;
        private final List<NDArray> subsets;

        OneWindow(StepCase size, NDManager manager) {
            rfnet = size.create();
            rfnet.initialize(manager, DataType.FLOAT32, size.images(), size.subsets());
            rfnet.freezeParameters(true);
            store = new ParameterStore(manager, false);
            images = manager.randomNormal(size.images());
            subsets =
                    Brats.BRATS2020.subsets().stream()
                            .map(ModalitySubset::mask)
                            .map(mask -> manager.create(mask, new Shape(1, mask.length)))
                            .toList();
        }

        NDList encode() {
            return rfnet.encode(store, images, false);
        }

        void fuse(NDList features) {
            subsets.forEach(subset -> rfnet.fuse(store, features, subset).close());
        }

        void passes() {
            for (NDArray subset : subsets) {
                rfnet.forward(store, new NDList(images, subset), false).close();
            }
        }

        List<Operation> profile() throws IOException {
            try (NDList features = encode()) {
                return EngineProfile.of(() -> fuse(features)).byTime();
            }
        }
    }
}
