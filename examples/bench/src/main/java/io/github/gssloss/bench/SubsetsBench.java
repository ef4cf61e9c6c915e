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
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.networks.ModalityNetwork;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code gss bench subsets}: what an evaluation gains where the encoders of a window run once for
 * all 15 subsets of the modalities, against a whole pass for each subset.
 */
@Command(
        name = "subsets",
        description = {
            "Times RFNet with the 15 subsets of the modalities on one window: encoders once for"
                    + " all, and a pass for each.",
            "Ends with a line 'ratio each-vs-once VALUE'."
        })
final class SubsetsBench implements Runnable {

    private static final int WARM_UP = 1;
    private static final String ONCE = "encoders once";
    private static final String EACH = "a pass for each subset";
    private static final String ENCODERS = "encoders";
    private static final String FUSION = "fusion of all subsets";

    @Mixin private final BenchOptions options = new BenchOptions(3);
    @Mixin private SizeOptions network;

    @Override
    public void run() {
        StepCase size = network.size(1);
        int repeats = options.repeats();
        Device device = options.start();
        PrintWriter out = options.out();
        out.println(size);
        Map<String, Stopwatch> times;
        try (Model model = Model.newInstance("rfnet", device)) {
            NDManager manager = model.getNDManager();
            times = Stopwatch.rounds(manager, WARM_UP, repeats, contenders(size, manager));
        }
        Stopwatch once = times.get(ONCE);
        Stopwatch each = times.get(EACH);
        NumberTable table = new NumberTable(out, "median of " + repeats + " windows, ms", "");
        table.row(ENCODERS, once.median(ENCODERS));
        table.row(FUSION, once.median(FUSION));
        table.row(ONCE, once.median());
        table.row(EACH, each.median());
        out.printf(Locale.ROOT, "%nratio each-vs-once %.2f%n", each.median() / once.median());
    }

    private static Map<String, Contender> contenders(StepCase size, NDManager manager) {
        ModalityNetwork rfnet = size.create();
        rfnet.initialize(manager, DataType.FLOAT32, size.images(), size.subsets());
        rfnet.freezeParameters(true);
        ParameterStore store = new ParameterStore(manager, false);
        NDArray window = manager.randomNormal(size.images());
        List<NDArray> subsets =
                Brats.BRATS2020.subsets().stream()
                        .map(ModalitySubset::mask)
                        .map(mask -> manager.create(mask, new Shape(1, mask.length)))
                        .toList();
        Map<String, Contender> contenders = new LinkedHashMap<>();
        contenders.put(
                ONCE,
                watch -> {
                    try (NDList features = rfnet.encode(store, window, false)) {
                        watch.lap(ENCODERS);
                        subsets.forEach(subset -> rfnet.fuse(store, features, subset).close());
                        watch.lap(FUSION);
                    }
                });
        contenders.put(
                EACH,
                watch -> {
                    for (NDArray subset : subsets) {
                        rfnet.forward(store, new NDList(window, subset), false).close();
                    }
                    watch.lap(EACH);
                });
        return contenders;
    }
}
