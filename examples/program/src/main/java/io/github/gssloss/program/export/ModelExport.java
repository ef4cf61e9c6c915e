/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.export;

import ai.djl.Device;
import io.github.gssloss.files.ByteSize;
import io.github.gssloss.files.Sha256;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.config.Yaml;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.runfolder.ModelArchive;
import io.github.gssloss.program.runfolder.RunCases;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunWeights;
import io.github.gssloss.program.tables.ScoreTableFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes one file of a run that {@link RunFolder#open(Path)} takes in place of its folder. The same
 * run gives the same bytes.
 *
 * @param weights the run and which of its weights
 * @param evaluated the folder of an evaluation of these weights; empty: one in the run, if there is
 * @param licence under which terms it is handed over; empty: that is not said
 * @param caseNames whether the names of the cases are kept, which may identify patients
 */
public record ModelExport(
        RunWeights weights, Optional<Path> evaluated, Optional<String> licence, boolean caseNames) {

    /**
     * Writes the file.
     *
     * @param out the file, named {@code .zip}
     * @param overwrite whether a file that is there is replaced
     * @return what it holds and what it does not, in lines
     * @throws UserInputException if the file is there or is none that can be written, the weights
     *     do not fit the network, or there is no evaluation of them where one is named
     * @throws IOException if reading or writing fails
     */
    public List<String> write(Path out, boolean overwrite) throws IOException {
        check(out, overwrite);
        RunFolder run = weights.run();
        String sha256 = Sha256.ofFile(weights.checkpoint());
        Optional<EvaluatedWeights> measures = measures(sha256);
        Optional<RunCases> cases = RunCases.of(run);
        ModelFacts facts =
                new ModelFacts(
                        run.name(),
                        weights.words(),
                        sha256,
                        parameters(),
                        run.settings().withoutFolders(),
                        cases,
                        run.versions(),
                        measures,
                        licence);
        ModelArchive.write(out, texts(facts), weights.checkpoint());
        return lines(facts, out);
    }

    private void check(Path out, boolean overwrite) throws IOException {
        if (!out.toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
            throw new UserInputException(out + ": expected a name ending .zip for the model");
        }
        if (Files.isDirectory(out) || (Files.exists(out) && !overwrite)) {
            throw new UserInputException(
                    "%s: expected a new file for the model, %s"
                            .formatted(
                                    out,
                                    Files.isDirectory(out)
                                            ? "got a folder"
                                            : "this one exists; --overwrite replaces it"));
        }
        Path folder = out.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UserInputException(
                    "%s: expected a file in a folder that exists, found no %s"
                            .formatted(out, folder));
        }
    }

    private Optional<EvaluatedWeights> measures(String sha256) {
        Path folder = evaluated.orElse(weights.run().path());
        Optional<EvaluatedWeights> found =
                EvaluatedWeights.find(folder, sha256, weights.run().settings().description());
        if (evaluated.isPresent() && found.isEmpty()) {
            throw new UserInputException(
                    "%s: expected an evaluation of %s alone (SHA-256 %s...), found none"
                            .formatted(folder, weights.checkpoint(), sha256.substring(0, 12)));
        }
        return found;
    }

    /** Also sees whether the weights are those of the network. */
    private long parameters() {
        try (RunNetwork network =
                RunNetwork.restore(weights.run().settings(), weights.checkpoint(), Device.cpu())) {
            return network.size();
        }
    }

    private Map<String, String> texts(ModelFacts facts) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(ModelArchive.CARD, new ModelCard(facts).text());
        texts.put(ModelArchive.FACTS, facts.yaml());
        texts.put(RunFolder.SETTINGS, facts.settings().toYaml());
        facts.cases()
                .map(one -> caseNames ? one : withoutNames(one))
                .ifPresent(one -> texts.put(RunFolder.CASES, Yaml.MAPPER.writeValueAsString(one)));
        facts.evaluated()
                .ifPresent(
                        one ->
                                texts.put(
                                        ModelArchive.MEASURES,
                                        new ScoreTableFormat(one.table()).csv()));
        return texts;
    }

    /** How cases are prepared, and at what spacing they were. */
    private static RunCases withoutNames(RunCases cases) {
        return new RunCases(
                new TreeMap<>(),
                new TreeMap<>(),
                cases.preparation(),
                new TreeMap<>(),
                new TreeMap<>(),
                cases.spacing());
    }

    private List<String> lines(ModelFacts facts, Path out) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(facts.weights());
        lines.add(
                facts.evaluated()
                        .map(
                                one ->
                                        "measures from %s, of %s"
                                                .formatted(
                                                        one.folder(),
                                                        one.caseWords(facts.trained())))
                        .orElse(
                                "no measures: no evaluation of these weights in the run;"
                                        + " --evaluated names one"));
        lines.add(
                facts.licence()
                        .map(one -> "licence: " + one)
                        .orElse("no licence: the card says so; --licence gives one"));
        if (!caseNames && !facts.trained().isEmpty()) {
            lines.add(
                    "the names of the %d training cases are left out; with --case-names, --unseen knows them"
                            .formatted(facts.trained().size()));
        }
        lines.add("Model in %s, %s".formatted(out, ByteSize.text(Files.size(out))));
        return lines;
    }
}
