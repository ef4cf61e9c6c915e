/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program;

import io.github.gssloss.imaging.nifti.NiftiDatatype;
import io.github.gssloss.imaging.nifti.NiftiHeader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Small data sets in the raw form of nnU-Net.
 *
 * @param modalities the number of channels, named A, B, ...
 * @param classes the number of classes, background included
 * @param shape voxels along x, y and z
 * @param thickness mm along z; along x and y 0.75
 * @param ending {@code .nii} or {@code .nii.gz}
 * @param regions whether labels are described as nested regions
 * @param ignored whether a corner of each segmentation is not labelled
 */
public record NnUnetFixture(
        int modalities,
        int classes,
        List<Integer> shape,
        float thickness,
        String ending,
        boolean regions,
        boolean ignored) {

    /** Writes cases named case_1, case_2, ... */
    public Path write(Path folder, int cases) throws IOException {
        Files.createDirectories(folder.resolve("imagesTr"));
        Files.createDirectories(folder.resolve("labelsTr"));
        Files.writeString(folder.resolve("dataset.json"), json(cases));
        for (int i = 1; i <= cases; i++) {
            write(folder, "case_" + i, new SplittableRandom(i));
        }
        return folder;
    }

    private void write(Path folder, String name, SplittableRandom random) {
        int voxels = shape.get(0) * shape.get(1) * shape.get(2);
        byte[] labels = new byte[voxels];
        for (int v = 0; v < voxels; v++) {
            int x = v / (shape.get(1) * shape.get(2));
            // Slabs along x, background before and behind them.
            labels[v] = (byte) Math.max(0, (x - 2) * (classes + 1) / (shape.get(0) - 2) % classes);
            if (ignored && v % shape.get(2) == 0 && x < shape.get(0) / 2) {
                labels[v] = (byte) classes;
            }
        }
        for (int m = 0; m < modalities; m++) {
            short[] image = new short[voxels];
            for (int v = 0; v < voxels; v++) {
                image[v] = (short) (1 + 50 * labels[v] * (m + 1) + random.nextInt(20));
            }
            Path file = folder.resolve("imagesTr").resolve("%s_%04d%s".formatted(name, m, ending));
            NiftiWriter.write(file, header(NiftiDatatype.INT16), image);
        }
        Path file = folder.resolve("labelsTr").resolve(name + ending);
        NiftiWriter.write(file, header(NiftiDatatype.UINT8), labels);
    }

    private NiftiHeader header(NiftiDatatype type) {
        return NiftiHeader.create(
                shape.stream().mapToInt(Integer::intValue).toArray(),
                new float[] {0.75f, 0.75f, thickness},
                type);
    }

    /** The names of the channels. */
    public List<String> channels() {
        return IntStream.range(0, modalities).mapToObj(m -> Character.toString('A' + m)).toList();
    }

    private String json(int cases) {
        String channels =
                IntStream.range(0, modalities)
                        .mapToObj(m -> "\"%d\": \"%s\"".formatted(m, channels().get(m)))
                        .collect(Collectors.joining(", "));
        List<String> labels = new ArrayList<>(List.of("\"background\": 0"));
        for (int c = 1; c < classes; c++) {
            List<Integer> within = IntStream.range(c, classes).boxed().toList();
            labels.add("\"part %d\": %s".formatted(c, regions ? within : Integer.toString(c)));
        }
        if (ignored) {
            labels.add("\"ignore\": " + classes);
        }
        String order =
                regions
                        ? "\"regions_class_order\": %s,"
                                .formatted(IntStream.range(1, classes).boxed().toList())
                        : "";
        return """
        {"channel_names": {%s}, "labels": {%s}, %s "numTraining": %d, "file_ending": "%s"}
        """
                .formatted(channels, String.join(", ", labels), order, cases, ending);
    }
}
