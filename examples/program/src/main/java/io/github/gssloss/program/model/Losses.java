/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.model;

import ai.djl.training.tracker.Tracker;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.GssConfigBuilder;
import io.github.gssloss.core.PaperTeacher;
import io.github.gssloss.djl.GssLoss;
import io.github.gssloss.djl.LossSchedule;
import io.github.gssloss.djl.OutputKind;
import io.github.gssloss.djl.OutputLayout;
import io.github.gssloss.djl.Ramp;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.DatasetKind;
import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.program.config.LossPreset;
import io.github.gssloss.program.config.LossSettings;
import io.github.gssloss.program.config.NetworkKind;
import io.github.gssloss.program.config.RampSettings;
import io.github.gssloss.program.config.RampShape;
import io.github.gssloss.program.config.ReadinessSettings;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.config.TeacherName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The loss that settings describe. */
public final class Losses {

    private Losses() {}

    /**
     * Makes the loss of a run.
     *
     * @param settings the settings of the run
     * @return the loss with its schedule
     * @throws UserInputException if settings do not fit each other or the preset
     */
    public static GssLoss of(RunSettings settings) {
        GssConfig config = config(settings);
        OutputLayout layout = settings.outputs().outputs();
        GssLoss.Builder builder =
                GssLoss.builder()
                        .setLayout(layout)
                        .setConfig(config)
                        .optName("loss")
                        .optSchedule(schedule(settings, config));
        if (settings.model().name() != NetworkKind.TORCHSCRIPT) {
            JavaNetwork.network(settings)
                    .taskLosses()
                    .forEach(loss -> builder.addTaskLoss(loss, OutputKind.PROBABILITIES));
        }
        settings.loss().branchWeight().ifPresent(builder::optBranchWeight);
        GssLoss loss = builder.build();
        try {
            // A ramp ends at a value that was checked; where it begins is checked by its batch.
            loss.configAt(0);
        } catch (IllegalArgumentException e) {
            throw new UserInputException("loss.ramp: " + e.getMessage(), e);
        }
        return loss;
    }

    private static LossSchedule schedule(RunSettings settings, GssConfig config) {
        LossSettings loss = settings.loss();
        RampSettings ramp = loss.ramp();
        long steps = (long) ramp.epochs() * settings.iterations();
        LossSchedule.Builder builder =
                LossSchedule.builder()
                        .optFusedFrom((long) loss.fusedFrom() * settings.iterations());
        ramp.beta().ifPresent(from -> builder.optBeta(tracker(ramp, from, config.beta(), steps)));
        ramp.temperature()
                .ifPresent(
                        from ->
                                builder.optTemperature(
                                        tracker(ramp, from, config.temperature(), steps)));
        ramp.maskRate()
                .ifPresent(
                        from -> builder.optMaskRate(tracker(ramp, from, config.maskRate(), steps)));
        return builder.build();
    }

    /** From the first step's value to the value that holds after so many. */
    private static Tracker tracker(RampSettings ramp, double from, double to, long steps) {
        return switch (ramp.shape().orElse(RampShape.LINEAR)) {
            case LINEAR -> Ramp.linear(from, to, steps);
            case EXPONENTIAL -> Ramp.exponential(from, to, steps);
        };
    }

    /**
     * Returns the settings of the method; without distillation the task losses alone, unweighted.
     *
     * @param settings the settings of the run
     * @return the settings of the method
     */
    public static GssConfig config(RunSettings settings) {
        GssConfig rules = rules(settings);
        return settings.description().labels().ignored().isPresent()
                ? rules.toBuilder().optIgnoreIndex(LabelSet.IGNORED).build()
                : rules;
    }

    /**
     * Returns the settings of the method for a vote without labels: none is ignored.
     *
     * @param settings the settings of the run
     * @return the settings of the method
     */
    public static GssConfig rules(RunSettings settings) {
        LossSettings loss = settings.loss();
        GssConfig preset =
                switch (loss.preset()) {
                    case PAPER -> GssConfig.paper();
                    case PAPER_ABLATION -> GssConfig.paperAblation();
                    case RELEASED -> GssConfig.released();
                    case PASSION -> GssConfig.passion();
                    case NONE -> GssConfig.builder().optAlpha(1).optBeta(0).build();
                };
        try {
            GssConfigBuilder builder = preset.toBuilder().optGroups(groups(settings));
            if (loss.preset() != LossPreset.NONE) {
                override(builder, loss);
            }
            GssConfig rules = builder.build();
            requireGroups(settings, rules);
            return rules;
        } catch (IllegalArgumentException e) {
            // Values that do not fit each other or the preset: each alone was checked when read.
            throw new UserInputException("loss." + e.getMessage(), e);
        }
    }

    private static ClassGroups groups(RunSettings settings) {
        DataDescription described = settings.description();
        List<String> modalities = described.modalities().stream().map(Modality::label).toList();
        List<String> classes = described.labels().classNames();
        if (settings.loss().groups().isEmpty()) {
            return usual(described)
                    .orElseGet(() -> ClassGroups.parse(modalities, ofAll(classes, modalities)));
        }
        String text = settings.loss().groups().get();
        try {
            ClassGroups own = ClassGroups.parse(modalities, text);
            if (own.classNames().equals(classes)) {
                return own;
            }
        } catch (IllegalArgumentException e) {
            throw new UserInputException("loss.groups: " + e.getMessage(), e);
        }
        throw new UserInputException(
                "loss.groups: expected the classes %s of the labels in this order, got '%s'"
                        .formatted(classes, text));
    }

    /** The paper's groups, where they are known. */
    private static Optional<ClassGroups> usual(DataDescription described) {
        if (described.kind() != DatasetKind.BRATS) {
            return Optional.empty();
        }
        return Optional.of(
                described.labels().classes() == 5
                        ? ClassGroups.brats2015()
                        : ClassGroups.brats2020());
    }

    /** Every modality leads every class: what stands where no vote is held. */
    private static String ofAll(List<String> classes, List<String> modalities) {
        String all = String.join(", ", modalities);
        return classes.stream().map(name -> name + ": " + all).collect(Collectors.joining("; "));
    }

    /** A vote needs leaders, and nobody knows those of a new data set. */
    private static void requireGroups(RunSettings settings, GssConfig config) {
        if (settings.loss().preset() != LossPreset.NONE
                && config.teacher() == PaperTeacher.VOTES
                && settings.loss().groups().isEmpty()
                && usual(settings.description()).isEmpty()) {
            throw new UserInputException(
                    "loss.groups: expected the leaders of each class of %s, which a vote needs"
                                    .formatted(settings.description().name())
                            + " (or loss.preset none), got nothing");
        }
    }

    private static void override(GssConfigBuilder builder, LossSettings loss) {
        loss.leaderThreshold().ifPresent(builder::optLeaderThreshold);
        loss.memberThreshold().ifPresent(builder::optMemberThreshold);
        loss.penalty().ifPresent(builder::optPenalty);
        loss.alpha().ifPresent(builder::optAlpha);
        loss.beta().ifPresent(builder::optBeta);
        loss.temperature().ifPresent(builder::optTemperature);
        loss.maskRate().ifPresent(builder::optMaskRate);
        loss.normalise().ifPresent(builder::optNormalised);
        loss.divergence().ifPresent(builder::optDivergence);
        loss.teacher().map(TeacherName::teacher).ifPresent(builder::optTeacher);
        loss.trust().ifPresent(builder::optTrust);
        loss.balance().ifPresent(builder::optBalance);
        loss.readiness().map(ReadinessSettings::toReadiness).ifPresent(builder::optReadiness);
    }
}
