/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.export;

import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.prepare.TrainedSpacing;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.config.SettingKey;
import io.github.gssloss.program.config.Yaml;
import io.github.gssloss.program.runfolder.RunCases;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is known of a model that is handed over: what its card is made of. Neither cases nor folders
 * are named.
 *
 * @param name the name of the run
 * @param weights the weights in words
 * @param sha256 their checksum
 * @param parameters how many numbers they are
 * @param settings the settings of the run, see {@link RunSettings#withoutFolders}
 * @param cases the cases of the run; empty where it does not say
 * @param versions what the run was trained with, by name
 * @param evaluated what an evaluation has found; empty: none was given
 * @param licence under which terms it is handed over; empty: that is not said
 */
record ModelFacts(
        String name,
        String weights,
        String sha256,
        long parameters,
        RunSettings settings,
        Optional<RunCases> cases,
        Map<String, String> versions,
        Optional<EvaluatedWeights> evaluated,
        Optional<String> licence) {

    /** Which of the versions say something of the weights, and nothing of who trained them. */
    private static final List<String> TRAINED_WITH =
            List.of("program", "commit", "java", "djl", "engine", "device");

    /** Keeps a copy of the versions that matter. */
    ModelFacts {
        versions = new LinkedHashMap<>(versions);
        versions.keySet().retainAll(TRAINED_WITH);
    }

    DataDescription description() {
        return settings.description();
    }

    /** What its cases are, as the setting has it. */
    String dataset() {
        return SettingKey.settingName(settings.dataset().kind());
    }

    /** Which network it is, as the setting has it. */
    String network() {
        return SettingKey.settingName(settings.model().name());
    }

    /** How cases are prepared, in words by name. */
    Map<String, String> preparation() {
        return settings.preparation().record().fields();
    }

    Optional<TrainedSpacing> spacing() {
        return cases.flatMap(RunCases::spacing);
    }

    /** The names of the cases it was trained on; none where the run does not say. */
    Set<String> trained() {
        return cases.map(one -> one.training().keySet()).orElse(Set.of());
    }

    /** The numbers of the classes in the files of segmentations, by name. */
    Map<String, Integer> labels() {
        Map<String, Integer> labels = new LinkedHashMap<>();
        for (int c = 0; c < description().labels().classes(); c++) {
            labels.put(
                    description().labels().classNames().get(c),
                    description().labels().fileLabel(c));
        }
        return labels;
    }

    /** The names of the classes of each region, by its name. */
    Map<String, List<String>> regions() {
        Map<String, List<String>> regions = new LinkedHashMap<>();
        for (Region region : description().regions()) {
            regions.put(
                    region.label(),
                    region.classes().stream()
                            .map(description().labels().classNames()::get)
                            .toList());
        }
        return regions;
    }

    /** The facts as programs read them. */
    String yaml() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", name);
        facts.put("weights", weights);
        facts.put("sha256", sha256);
        facts.put("licence", licence.orElse("none given"));
        facts.put("network", network());
        facts.put("parameters", parameters);
        facts.put("window", settings.crop().sides());
        facts.put("dataset", dataset());
        facts.put("modalities", description().modalities().stream().map(Modality::label).toList());
        facts.put("labels", labels());
        facts.put("regions", regions());
        facts.put("preparation", preparation());
        spacing().ifPresent(one -> facts.put("trainedSpacing", one));
        facts.put("loss", settings.loss().words());
        if (!trained().isEmpty()) {
            facts.put("trainingCases", trained().size());
        }
        facts.put("trainedWith", new TreeMap<>(versions));
        evaluated.ifPresent(
                one -> {
                    facts.put("evaluatedOn", one.caseWords(trained()));
                    facts.put("evaluation", one.conditions());
                });
        return Yaml.MAPPER.writeValueAsString(facts);
    }
}
