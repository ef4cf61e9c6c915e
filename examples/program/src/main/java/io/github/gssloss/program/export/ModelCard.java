/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.export;

import io.github.gssloss.files.Counted;
import io.github.gssloss.imaging.dataset.DatasetKind;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.prepare.Extents;
import io.github.gssloss.imaging.prepare.TrainedSpacing;
import io.github.gssloss.program.config.CommandWords;
import io.github.gssloss.program.config.NetworkKind;
import io.github.gssloss.program.config.ProgramVersion;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.config.SettingValues;
import io.github.gssloss.program.runfolder.RunLength;
import io.github.gssloss.program.tables.ScoreTableFormat;
import io.github.gssloss.program.tables.Table;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The card of a model: its facts as people read them, in Markdown. */
final class ModelCard {

    private static final String BLANK = "\n\n";

    private final ModelFacts facts;
    private final StringBuilder text = new StringBuilder();

    ModelCard(ModelFacts facts) {
        this.facts = facts;
    }

    /** Returns the card. */
    String text() {
        head();
        use();
        images();
        labels();
        training();
        measures();
        return text.toString().replaceAll("\n{3,}", BLANK).strip() + "\n";
    }

    private void head() {
        List<String> classes = facts.description().labels().classNames();
        heading("# ", facts.name());
        sentence(
                ("Segments %s in images of %s, some of which may be missing. Research software, not"
                                + " a medical device.")
                        .formatted(
                                String.join(", ", classes.subList(1, classes.size())),
                                modalities()));
        Table table = new Table(2, "", "");
        table.add(
                "network",
                String.format(
                        Locale.ROOT, "%s, %,d parameters", facts.network(), facts.parameters()));
        table.add("weights", facts.weights());
        table.add("SHA-256 of the weights", facts.sha256());
        table.add("written by", "gss " + ProgramVersion.version());
        add(table);
        heading("## ", "Licence");
        sentence(
                facts.licence()
                        .orElse(
                                "Not given. Whoever handed this file over has to say what may be"
                                    + " done with it; training images often come with terms that"
                                    + " hold for weights, too."));
    }

    private String modalities() {
        return facts.description().modalities().stream()
                .map(Modality::label)
                .collect(Collectors.joining(", "));
    }

    private void use() {
        heading("## ", "Use");
        String file = facts.name().matches("[A-Za-z0-9._-]+") ? facts.name() : "model";
        text.append("```console\n");
        String there = file + ".zip --data FOLDER --out FOLDER\n";
        text.append("gss predict --run ").append(there);
        text.append("gss evaluate --run ").append(there);
        if (facts.settings().model().name() != NetworkKind.TORCHSCRIPT) {
            Stream<String> options = SettingValues.options(facts.settings()).stream();
            text.append(
                    "gss train --weights %s.zip --model %s %s --data FOLDER --out FOLDER"
                            .formatted(file, facts.network(), CommandWords.line(options)));
            text.append('\n');
        }
        text.append("```\n\n");
    }

    private void images() {
        heading("## ", "Images");
        if (facts.description().kind() == DatasetKind.NNUNET) {
            sentence(
                    "Named as in nnU-Net's raw form: CASE_0000 is the first of %s, and so on."
                            .formatted(modalities()));
        } else {
            sentence("Named as in %s, such as CASE_flair.nii.gz.".formatted(facts.dataset()));
        }
        sentence(facts.spacing().map(ModelCard::spacing).orElse(unknownSpacing()));
        Table table = new Table(2, "prepared", "how");
        facts.preparation().forEach(table::add);
        table.add("window", Extents.text(facts.settings().crop().sides()) + " voxels");
        add(table);
    }

    private String unknownSpacing() {
        return facts.settings().spacing().isPresent()
                ? "They are resampled, see below."
                : "At what spacing the training cases were is not recorded: images keep theirs.";
    }

    private static String spacing(TrainedSpacing spacing) {
        boolean one = spacing.lowest().equals(spacing.highest());
        return "The prepared training cases were at %s mm%s; images elsewhere are brought there."
                .formatted(
                        TrainedSpacing.text(spacing.median()),
                        one
                                ? ""
                                : " in the median, from %s to %s mm"
                                        .formatted(
                                                TrainedSpacing.text(spacing.lowest()),
                                                TrainedSpacing.text(spacing.highest())));
    }

    private void labels() {
        heading("## ", "Labels");
        Table labels = new Table(2, "class", "number in the files");
        facts.labels().forEach(labels::add);
        add(labels);
        Table regions = new Table(2, "region", "classes");
        facts.regions().forEach((name, classes) -> regions.add(name, String.join(", ", classes)));
        add(regions);
    }

    private void training() {
        RunSettings settings = facts.settings();
        heading("## ", "Training");
        Table table = new Table(2, "trained", "how");
        table.add("cases", facts.trained().isEmpty() ? "not recorded" : facts.trained().size());
        table.add("network", settings.model().words());
        table.add(
                "crops",
                "%s voxels, %d a step"
                        .formatted(Extents.text(settings.crop().sides()), settings.batch()));
        table.add(
                "steps",
                "%d: %s of %d%s"
                        .formatted(
                                RunLength.of(settings).steps(),
                                Counted.of(settings.epochs(), "epoch"),
                                settings.iterations(),
                                settings.rounds() == 1
                                        ? ""
                                        : ", in %d rounds".formatted(settings.rounds())));
        table.add("learning rate", "%s in the first epoch".formatted(settings.lr()));
        table.add("seed", settings.seed());
        table.add("loss", settings.loss().words());
        settings.model().weights().ifPresent(from -> table.add("from the weights", from));
        facts.versions().forEach(table::add);
        add(table);
    }

    private void measures() {
        heading("## ", "Measures");
        if (facts.evaluated().isEmpty()) {
            sentence("None: no evaluation of these weights was handed over with them.");
            return;
        }
        EvaluatedWeights evaluated = facts.evaluated().get();
        sentence("Of %s.".formatted(evaluated.caseWords(facts.trained())));
        text.append(new ScoreTableFormat(evaluated.table()).markdown(Metric.DICE)).append('\n');
        sentence("The other measures are in summary.csv. How they came about:");
        Table table = new Table(2, "evaluated", "how");
        for (Map.Entry<String, Object> one : evaluated.conditions().entrySet()) {
            table.add(one.getKey(), one.getValue().toString().replace("\"", ""));
        }
        add(table);
    }

    private void heading(String mark, String words) {
        text.append(mark).append(plain(words)).append(BLANK);
    }

    private void sentence(String words) {
        text.append(plain(words)).append(BLANK);
    }

    /** Names of others cannot begin markup. */
    private static String plain(String words) {
        return words.replaceAll("\\p{Cntrl}", "?").replaceAll("([\\\\`*_\\[\\]<>#|])", "\\\\$1");
    }

    private void add(Table table) {
        text.append(table.markdown()).append('\n');
    }
}
