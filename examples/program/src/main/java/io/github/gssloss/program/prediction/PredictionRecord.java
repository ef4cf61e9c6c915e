/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.prediction;

import io.github.gssloss.files.Sha256;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.nifti.Geometry;
import io.github.gssloss.imaging.prepare.CaseGrid;
import io.github.gssloss.imaging.prepare.TrainedSpacing;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.config.Yaml;
import io.github.gssloss.program.runfolder.RunWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What was done to a case: the file beside the segmentation. */
final class PredictionRecord {

    private static final String FORMAT = "1";

    private final RunSettings trained;
    private final PredictionSettings settings;
    private final Optional<TrainedSpacing> spacing;
    private final double overlap;
    private final List<Map<String, Object>> runs = new ArrayList<>();

    PredictionRecord(
            List<RunWeights> weights,
            PredictionSettings settings,
            Optional<TrainedSpacing> spacing,
            double overlap)
            throws IOException {
        trained = weights.get(0).run().settings();
        this.spacing = spacing;
        this.settings = settings;
        this.overlap = overlap;
        for (RunWeights one : weights) {
            runs.add(one.fields());
        }
    }

    /**
     * Returns the key of a prediction: it changes with weights, settings and the content of the
     * files.
     */
    String key(CaseFiles files) {
        List<String> parts = new ArrayList<>(List.of(FORMAT, settings.toString()));
        parts.add(trained.preparation().record().sha256());
        parts.add(trained.model().withoutPlaces());
        parts.add(Arrays.toString(trained.crop().sides()));
        parts.add(spacing.toString());
        parts.add(Double.toString(overlap));
        runs.forEach(one -> parts.add(one.get("sha256").toString()));
        for (Map.Entry<Modality, Path> image : files.images().entrySet()) {
            try {
                parts.add(image.getKey().label() + " " + Sha256.ofFile(image.getValue()));
            } catch (IOException e) {
                throw new UserInputException(
                        "case %s: %s cannot be read: %s"
                                .formatted(files.name(), image.getValue(), e),
                        e);
            }
        }
        return HexFormat.of().formatHex(Sha256.of(String.join("\n", parts)));
    }

    /** What was done, as YAML. */
    String yaml(
            Predicted predicted, List<Path> maps, List<Path> pictures, String key, double seconds) {
        CaseFiles files = predicted.prepared().files();
        CaseGrid grid = CaseGrid.ofAny(files);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("case", files.name());
        record.put("modalities", predicted.subset().label());
        record.put("millilitres", millilitres(predicted));
        record.put("seconds", Math.round(seconds * 10) / 10.0);
        record.put("runs", runs);
        record.put("images", grid(grid.file()));
        record.put("resampledImages", elsewhere(files).stream().map(Modality::label).toList());
        Map<String, Object> network = new LinkedHashMap<>();
        network.put("spacing", numbers(predicted.prepared().preparedSpacing()));
        network.put("orientation", grid.orientation());
        network.put("size", predicted.prepared().shape());
        network.put("resampled", predicted.prepared().isResampled());
        network.put("window", trained.crop().sides());
        network.put("overlap", overlap);
        network.put("windowWeights", settings.use().weights().toString());
        network.put("mirror", settings.use().mirroring().toString());
        record.put("network", network);
        record.put(
                "disagreement",
                predicted.disagreement().isPresent()
                        ? "of " + predicted.subset().modalities().size() + " branches"
                        : "none");
        record.put("maps", names(maps));
        if (!pictures.isEmpty()) {
            record.put("pictures", names(pictures));
        }
        record.put("cleaning", predicted.changes());
        record.put("key", key);
        return Yaml.MAPPER.writeValueAsString(record);
    }

    private static List<String> names(List<Path> files) {
        return files.stream().map(Path::getFileName).map(Path::toString).toList();
    }

    private static Map<String, Object> grid(Geometry geometry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("size", geometry.size());
        fields.put("spacing", numbers(geometry.spacing()));
        fields.put("orientation", geometry.orientation());
        return fields;
    }

    static List<Double> numbers(float... values) {
        return IntStream.range(0, values.length)
                .mapToObj(i -> Math.round(values[i] * 1e4) / 1e4)
                .toList();
    }

    /** The modalities whose images lie on another grid than the first. */
    static List<Modality> elsewhere(CaseFiles files) {
        CaseGrid grid = CaseGrid.ofAny(files);
        return files.images().entrySet().stream()
                .filter(image -> !grid.isOn(image.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The volume of each class but the background, by its name. */
    private Map<String, Double> millilitres(Predicted predicted) {
        LabelSet labels = trained.description().labels();
        long[] voxels = predicted.voxels(labels.classes());
        double voxel = CaseGrid.of(predicted.prepared().files()).geometry().voxelVolume();
        Map<String, Double> volumes = new LinkedHashMap<>();
        for (int c = 1; c < voxels.length; c++) {
            volumes.put(labels.classNames().get(c), Math.round(voxels[c] * voxel) / 1e3);
        }
        return volumes;
    }
}
