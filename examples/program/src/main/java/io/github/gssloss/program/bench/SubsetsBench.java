/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.bench;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.github.gssloss.imaging.dataset.ModalitySubsets;
import io.github.gssloss.networks.rfnet.RfNet;
import io.github.gssloss.program.tables.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures what a judgement gains where the encoders of a window run once for all 15 subsets of the
 * modalities, against a whole pass for each subset.
 */
public final class SubsetsBench {

    private static final int SEED = 7;
    private static final int WARM_UP = 1;
    private static final String ONCE = "encoders once";
    private static final String EACH = "a pass for each subset";
    private static final String ENCODERS = "encoders";
    private static final String FUSION = "fusion of all subsets";

    private final StepCase size;
    private final Device device;
    private final int repeats;
    private final Consumer<String> out;

    /**
     * Creates the measurement.
     *
     * @param size network and window
     * @param device where to compute
     * @param repeats how many windows are timed each way, at least 1
     * @param out takes the lines
     */
    public SubsetsBench(StepCase size, Device device, int repeats, Consumer<String> out) {
        this.size = size;
        this.device = device;
        this.repeats = repeats;
        this.out = out;
    }

    /** Measures. The last line is {@code ratio each-vs-once VALUE}. */
    public void run() {
        Machine.lines(device).forEach(out);
        out.accept(size.toString());
        Engine.getInstance().setRandomSeed(SEED);
        Map<String, Timings> timings;
        try (Model model = Model.newInstance("rfnet", device)) {
            timings = time(model.getNDManager());
        }
        Timings once = timings.get(ONCE);
        Timings each = timings.get(EACH);
        Table table = new Table(1, List.of("median of " + repeats + " windows, ms", ""));
        table.add(List.of(ENCODERS, Format.number(once.median(ENCODERS))));
        table.add(List.of(FUSION, Format.number(once.median(FUSION))));
        table.add(List.of(ONCE, Format.number(once.median())));
        table.add(List.of(EACH, Format.number(each.median())));
        out.accept("");
        table.lines().forEach(out);
        out.accept("");
        out.accept(Format.ratio("each-vs-once", each.median() / once.median(), 2));
    }

    private Map<String, Timings> time(NDManager manager) {
        RfNet network = RfNet.builder().setClasses(StepCase.CLASSES).optWidth(size.width()).build();
        network.initialize(manager, DataType.FLOAT32, size.images(), size.subsets());
        network.freezeParameters(true);
        ParameterStore store = new ParameterStore(manager, false);
        NDArray window = manager.randomNormal(size.images());
        List<NDArray> subsets =
                ModalitySubsets.all().stream()
                        .map(ModalitySubsets::mask)
                        .map(mask -> manager.create(mask, new Shape(1, mask.length)))
                        .toList();
        Map<String, Contender> contenders = new LinkedHashMap<>();
        contenders.put(ONCE, watch -> once(network, store, window, subsets, watch));
        contenders.put(EACH, watch -> each(network, store, window, subsets, watch));
        return new Rounds(WARM_UP, repeats).run(manager, contenders);
    }

    private static void once(
            RfNet network,
            ParameterStore store,
            NDArray window,
            List<NDArray> subsets,
            Stopwatch watch) {
        try (NDList features = network.encode(store, window, false)) {
            watch.lap(ENCODERS);
            for (NDArray subset : subsets) {
                network.fuse(store, features, subset).close();
            }
            watch.lap(FUSION);
        }
    }

    private static void each(
            RfNet network,
            ParameterStore store,
            NDArray window,
            List<NDArray> subsets,
            Stopwatch watch) {
        for (NDArray subset : subsets) {
            network.forward(store, new NDList(window, subset), false).close();
        }
        watch.lap(EACH);
    }
}
