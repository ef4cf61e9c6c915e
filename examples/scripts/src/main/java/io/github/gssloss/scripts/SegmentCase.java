/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.scripts;

import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.prepare.CasePreparation;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.segment.PredictionFile;
import io.github.gssloss.imaging.segment.SlidingWindow;
import io.github.gssloss.networks.rfnet.RfNet;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Segments one case, whatever modalities it has, with an RFNet and writes a NIfTI file over its
 * grid.
 *
 * <pre>
 * mvn -q -Pscript -Dscript=SegmentCase -Dargs="target/rfnet/weights.npz \
 *     target/rfnet/phantoms/Phantom-0001 target/rfnet/segmented.nii.gz"
 *
 * RfNet                           the network, made from its weights
 * CaseFiles, PreparedCase         the files of a case; its voxels as the network wants them
 * CasePreparation, Brats          crops to the brain and standardises; how tissues are numbered
 * SlidingWindow                   segments a case in overlapping windows
 * PredictionFile                  writes classes as a NIfTI file
 * </pre>
 */
public final class SegmentCase {

    // As the network was trained: TrainRfNet's values.
    private static final int CLASSES = Brats.BRATS2020.labels().classes();
    private static final int WINDOW = 24;

    private SegmentCase() {}

    public static void main(String[] args) {
        if (args.length != 3) {
            throw new IllegalArgumentException(
                    "args: expected WEIGHTS CASE_FOLDER OUT.nii.gz, got " + args.length);
        }
        segment(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
    }

    static long[] segment(Path weights, Path folder, Path out) {
        CaseFiles files = CaseFiles.find(folder).get(0).requireAnyImage().withoutSegmentation();
        PredictionFile.check(out, files);
        PreparedCase prepared = new CasePreparation(Brats.BRATS2020, WINDOW).prepare(files);
        byte[] classes;
        try (NDManager manager = NDManager.newBaseManager()) {
            RfNet network = RfNet.load(weights, manager);
            ParameterStore parameters = new ParameterStore(manager, false);
            // The last argument: not in training, so that the fused probabilities come alone.
            SlidingWindow windows =
                    new SlidingWindow(
                            inputs -> network.forward(parameters, inputs, false), CLASSES, WINDOW);
            classes = windows.segment(manager, prepared);
        }
        PredictionFile.write(out, prepared, classes, Brats.BRATS2020.labels());
        long[] voxels = new long[CLASSES];
        for (byte voxel : classes) {
            voxels[voxel]++;
        }
        System.out.println(
                out
                        + ": voxels of "
                        + Brats.BRATS2020.labels().classNames()
                        + ": "
                        + Arrays.toString(voxels));
        return voxels;
    }
}
