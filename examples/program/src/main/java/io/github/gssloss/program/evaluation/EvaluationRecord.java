/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import io.github.gssloss.files.Sha256;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.MeasureSettings;
import io.github.gssloss.imaging.measure.Measures;
import io.github.gssloss.imaging.prepare.CaseCache;
import io.github.gssloss.imaging.segment.WindowUse;
import io.github.gssloss.program.config.DatasetName;
import io.github.gssloss.program.config.DatasetSettings;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.config.SettingKey;
import io.github.gssloss.program.config.Yaml;
import io.github.gssloss.program.model.Ensemble;
import io.github.gssloss.program.runfolder.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an evaluation depends on beside the cases.
 *
 * @param run the run
 * @param checkpoint the weights
 * @param sha256 their checksum
 * @param settings how to evaluate
 * @param others the further runs whose probabilities are averaged with this one's, as records name
 *     them
 */
record EvaluationRecord(
        RunFolder run,
        Path checkpoint,
        String sha256,
        EvaluationSettings settings,
        List<Map<String, Object>> others) {

    /** Raised when scores of the same network and case come out differently. */
    private static final String FORMAT = "2";

    /**
     * Returns the key of a case's scores.
     *
     * @param caseKey what the case is made of, see {@link CaseCache#key}
     * @param subsets those it is evaluated with
     */
    String key(String caseKey, List<ModalitySubset> subsets) {
        RunSettings trained = run.settings();
        List<String> parts =
                List.of(
                        FORMAT,
                        sha256,
                        trained.model().withoutPlaces(),
                        caseKey,
                        labels(subsets).toString(),
                        Arrays.toString(trained.crop().sides()),
                        Double.toString(settings.overlap()),
                        trained.description().name());
        List<String> all = new ArrayList<>(parts);
        // Nothing more by default: what earlier versions evaluated stays as it is.
        if (!settings.use().equals(WindowUse.PLAIN)) {
            all.add(settings.use().toString());
        }
        if (!settings.measures().equals(MeasureSettings.USUAL)) {
            all.add(settings.measures().label());
        }
        others.forEach(one -> all.add(one.get("sha256").toString()));
        return HexFormat.of().formatHex(Sha256.of(String.join("\n", all)));
    }

    /**
     * Writes the record as YAML.
     *
     * @param cases the number of cases that have scores
     * @param incomplete the cases that lack modalities, with those they have
     * @param otherSpacings the cases whose voxels are not of the sizes of the training, with both
     * @param problems the cases that could not be evaluated, and why
     * @param skipped whatever else the data folder holds that was left out
     */
    String toYaml(
            int cases,
            Map<String, String> incomplete,
            Map<String, String> otherSpacings,
            List<String> problems,
            List<String> skipped) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("run", run.place(run.path()));
        record.put("checkpoint", run.place(checkpoint));
        record.put("sha256", sha256);
        DatasetSettings dataset = run.settings().dataset();
        if (dataset.kind() == DatasetName.NNUNET) {
            record.put("dataset", dataset);
        } else {
            record.put("labels", SettingKey.settingName(dataset.kind()));
        }
        record.put("subsets", labels(settings.subsets()));
        record.put("window", run.settings().crop().sides());
        record.put("overlap", settings.overlap());
        boolean plain = settings.use().equals(WindowUse.PLAIN);
        if (!plain || !others.isEmpty()) {
            record.put("windowWeights", settings.use().weights().toString());
        }
        if (!plain) {
            record.put("mirror", settings.use().mirroring().toString());
        }
        if (!others.isEmpty()) {
            record.put("averagedWith", others);
        }
        Ensemble.cost(1 + others.size(), settings.use())
                .ifPresent(passes -> record.put("passes", passes));
        record.put("preparation", run.settings().preparation().record().fields());
        record.put("emptyMasks", settings.measures().emptyMasks());
        record.put("hd95", Measures.HD95);
        if (!settings.measures().equals(MeasureSettings.USUAL)) {
            record.put("measuredBy", settings.measures().label());
            record.put("furtherMeasures", settings.measures().words());
        }
        if (!settings.pictures().maps().isEmpty()) {
            record.put("heat", settings.pictures().maps());
        }
        record.put("cases", cases);
        record.put("incompleteCases", incomplete);
        if (!otherSpacings.isEmpty()) {
            record.put("otherSpacings", otherSpacings);
        }
        record.put("problems", problems);
        record.put("skipped", skipped);
        return Yaml.MAPPER.writeValueAsString(record);
    }

    private static List<String> labels(List<ModalitySubset> subsets) {
        return subsets.stream().map(ModalitySubset::label).toList();
    }
}
