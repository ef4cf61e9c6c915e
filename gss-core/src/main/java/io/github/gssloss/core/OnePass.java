/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.util.Set;

/**
 * The distillation in one pass over the voxels, on a CPU: every logit is read once and every
 * gradient written once, by a few threads that meet once, where the engine takes over a hundred
 * operations that each read, write and meet. Its vectors are those of the module {@code
 * jdk.incubator.vector}, whose classes are compiled apart and loaded only where the module is.
 * Whatever it does not cover is computed by the engine's operations.
 */
final class OnePass {

    /** {@code false} switches the pass off. Read once. */
    static final String PROPERTY = "gss.vector";

    private static final String MODULE = "jdk.incubator.vector";

    /** The engine whose arrays on a CPU give their memory, to read and to write. */
    private static final String ENGINE = "PyTorch";

    private static final String LANES = "io.github.gssloss.core.VoxelLanes";

    /** Below it, numbers that the pass takes for 0 and the engine does not could decide. */
    private static final double LEAST_THRESHOLD = 1e-30;

    /** Below it every whole number is a float32. */
    private static final long EXACT = 1 << 24;

    private static final Set<Teacher> TEACHERS =
            Set.of(
                    PaperTeacher.VOTES,
                    FallbackTeacher.VOTES_ELSE_FUSED,
                    FallbackTeacher.VOTES_ELSE_NOTHING);

    private static final Set<Divergence> DIVERGENCES =
            Set.of(Divergence.FORWARD_KL, Divergence.REVERSE_KL);

    /** Null where there is none. */
    private static final VoxelPass.Factory FACTORY;

    /** Why there is none; null where there is one. */
    private static final String REASON;

    static {
        VoxelPass.Factory factory = null;
        String reason = null;
        if ("false".equals(System.getProperty(PROPERTY))) {
            reason = PROPERTY + " is false";
        } else if (System.getProperty("java.vm.info", "").matches(".*(interpreted|emulated).*")) {
            reason = "Java runs without its second compiler, which makes the vectors";
        } else if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            reason = "Java runs without --add-modules " + MODULE;
        } else if (!fuses()) {
            reason = "Java does not say that the processor multiplies and adds in one step, UseFMA";
        } else {
            try {
                factory = load();
            } catch (ReflectiveOperationException | LinkageError e) {
                reason = "this Java does not take the class of " + MODULE + ": " + e;
            }
        }
        FACTORY = factory;
        REASON = reason;
    }

    private OnePass() {}

    private static VoxelPass.Factory load() throws ReflectiveOperationException {
        try {
            return (VoxelPass.Factory)
                    Class.forName(LANES).getDeclaredMethod("factory").invoke(null);
        } catch (InvocationTargetException e) {
            throw new LinkageError("factory", e.getCause());
        }
    }

    /**
     * Whether a product and a sum are one instruction: as on processors of PCs since about 2013,
     * but not on all that virtual machines pretend to have. Java emulates it, which takes thousands
     * of times as long.
     */
    private static boolean fuses() {
        try {
            HotSpotDiagnosticMXBean java =
                    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return java != null && "true".equals(java.getVMOption("UseFMA").getValue());
        } catch (IllegalArgumentException | LinkageError e) {
            return false;
        }
    }

    static boolean isAvailable() {
        return FACTORY != null;
    }

    /** A pass over a sample, where {@link #isAvailable}. */
    static VoxelPass pass(PassInput input, int sample, int voxels) {
        return FACTORY.of(input, sample, voxels);
    }

    /** Which path a batch takes on a CPU that the pass covers, in words. */
    static String path() {
        int threads = VoxelTasks.threads();
        return isAvailable()
                ? "one pass (" + MODULE + "), " + threads + (threads == 1 ? " thread" : " threads")
                : "operations of the engine (" + REASON + ")";
    }

    /** Whether a batch is on a CPU, of a size and with settings that the pass computes. */
    static boolean covers(GssConfig config, Batch batch) {
        return coversLogits(batch)
                && covers(config)
                && batch.weights().getShape().get(0) == 1
                && (!config.needsClassOfVoxel() || batch.labels().hasIndices());
    }

    /** Whether logits and labels can be read in a pass, and ignored labels told from others. */
    static boolean coversLabels(GssConfig config, Batch batch) {
        return coversLogits(batch)
                && batch.labels().hasIndices()
                && Math.abs((long) config.ignoreIndex().orElse(0)) < EXACT;
    }

    private static boolean coversLogits(Batch batch) {
        NDArray z = batch.logits().get(0);
        return isAvailable()
                && ENGINE.equals(z.getManager().getEngine().getEngineName())
                && Device.Type.CPU.equals(z.getDevice().getDeviceType())
                && z.getDataType() == DataType.FLOAT32
                && coversSize(z.getShape());
    }

    private static boolean covers(GssConfig config) {
        return config.edition() == Edition.PAPER
                && TEACHERS.contains(config.teacher())
                && DIVERGENCES.contains(config.divergence())
                && config.leaderThreshold() >= LEAST_THRESHOLD;
    }

    /** Whether the bytes of a branch can be counted by an int, as those of a buffer are. */
    static boolean coversSize(Shape flat) {
        return flat.size() <= Integer.MAX_VALUE / Float.BYTES;
    }

    /**
     * Evaluates a batch that is covered.
     *
     * @param shape the shape of the branches
     * @param owner receives the result
     * @param work receives the rest
     */
    static DistillationResult evaluate(
            GssConfig config, Batch batch, Shape shape, NDManager owner, NDManager work) {
        NDList gradients = new NDList();
        for (NDArray z : batch.logits()) {
            gradients.add(work.create(z.getShape(), DataType.FLOAT32));
        }
        PassInput input = new PassInput(config, batch, gradients);
        int voxels = (int) batch.voxels();
        double loss =
                VoxelTasks.run(
                                (int) batch.size(),
                                voxels,
                                (sample, first, end) -> run(input, sample, voxels, first, end))
                        .stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
        NDList shaped = new NDList();
        gradients.forEach(gradient -> shaped.add(gradient.reshape(shape)));
        shaped.attach(owner);
        NDArray inEngine = owner.full(new Shape(), (float) loss, DataType.FLOAT32);
        return new DistillationResult(inEngine, shaped);
    }

    private static double run(PassInput input, int sample, int voxels, int first, int end) {
        VoxelPass pass = pass(input, sample, voxels);
        for (int at = first; at < end; at += VoxelPass.VOXELS) {
            pass.run(at, Math.min(VoxelPass.VOXELS, end - at));
        }
        return pass.loss;
    }
}
