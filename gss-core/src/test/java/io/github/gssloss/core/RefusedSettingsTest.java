/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Every bad argument of what is set and of what is returned gets a message that names it. */
class RefusedSettingsTest {

    private static final List<String> NAMES = List.of("a", "b");
    private static final List<String> HOLE = Arrays.asList("a", null);

    private final Refusals refusals = new Refusals();

    @Test
    void group() {
        refusals.refused("ClassGroup", "class name: expected text, got null", () -> group(null, 0));
        refusals.refused("ClassGroup", "class name: expected text, got  ", () -> group(" ", 0));
        refusals.refused(
                "ClassGroup",
                "leaders of class x: expected a value, got null",
                () -> new ClassGroup("x", null));
        refusals.refused(
                "ClassGroup",
                "leaders of class x: expected no null, got [1, null]",
                () -> new ClassGroup("x", Arrays.asList(1, null)));
        refusals.refused(
                "ClassGroup",
                "leaders of class x: expected distinct modality indices from 0, at least one, got"
                        + " []",
                () -> group("x"));
        refusals.refused(
                "ClassGroup.members",
                "numModalities: expected at least 3, got 2",
                () -> group("x", 2).members(2));
        refusals.coverAllOf(ClassGroup.class);
    }

    @Test
    void regionsAndDice() {
        refusals.refused(
                "TumorRegion.classes",
                "numClasses: expected 4 (BraTS 2018/2020) or 5 (BraTS 2015), got 3",
                () -> TumorRegion.CORE.classes(3));
        refusals.refused(
                "DiceCoefficient.smoothed",
                "intersection: expected a count from 0 to the smaller mask of 5 predicted and 4"
                        + " labelled voxels, got 5",
                () -> DiceCoefficient.smoothed(5, 5, 4));
        refusals.refused(
                "DiceCoefficient.smoothed",
                "intersection: expected a count from 0 to the smaller mask of 2 predicted and 4"
                        + " labelled voxels, got -1",
                () -> DiceCoefficient.smoothed(-1, 2, 4));
        refusals.refused(
                "DiceCoefficient.ifLabelled",
                "intersection: expected a count from 0 to the smaller mask of 0 predicted and -1"
                        + " labelled voxels, got 0",
                () -> DiceCoefficient.ifLabelled(0, 0, -1));
        refusals.coverAllOf(TumorRegion.class, DiceCoefficient.class);
    }

    @Test
    void groups() {
        ClassGroup x = group("x", 0);
        List<ClassGroup> two = List.of(x, group("y", 1));
        refusals.refused(
                "ClassGroups",
                "modalities: expected a value, got null",
                () -> new ClassGroups(null, two));
        refusals.refused(
                "ClassGroups",
                "modalities: expected no null, got [a, null]",
                () -> new ClassGroups(HOLE, two));
        refusals.refused(
                "ClassGroups",
                "groups: expected a value, got null",
                () -> new ClassGroups(NAMES, null));
        refusals.refused(
                "ClassGroups",
                "classes: expected at least 2 distinct names, got [x, x]",
                () -> new ClassGroups(NAMES, List.of(x, x)));
        refusals.refused(
                "ClassGroups.parse",
                "modalities: expected a value, got null",
                () -> ClassGroups.parse(null, "x: a; y: b"));
        refusals.refused(
                "ClassGroups.parse",
                "text: expected a value, got null",
                () -> ClassGroups.parse(NAMES, null));
        refusals.refused(
                "ClassGroups.parse",
                "class groups: expected 'class: leader, leader; class: ...', got ''",
                () -> ClassGroups.parse(NAMES, ""));
        refusals.refused(
                "ClassGroups.parse",
                "class name: expected text, got ",
                () -> ClassGroups.parse(NAMES, ": a; y: b"));
        refusals.refused(
                "ClassGroups.Builder.setModalities",
                "modalities: expected no null, got [a, null]",
                () -> ClassGroups.builder().setModalities(HOLE));
        ClassGroups.Builder builder = ClassGroups.builder().setModalities(NAMES);
        refusals.refused(
                "ClassGroups.Builder.addClass",
                "class name: expected text, got null",
                () -> builder.addClass(null, "a"));
        refusals.refused(
                "ClassGroups.Builder.addClass",
                "leaders of class x: expected a value, got null",
                () -> builder.addClass("x", (String[]) null));
        refusals.refused(
                "ClassGroups.Builder.addClass",
                "leaders of class x: expected some of [a, b], got [null]",
                () -> builder.addClass("x", (String) null));
        refusals.coverAllOf(ClassGroups.class, ClassGroups.Builder.class);
    }

    private static ClassGroup group(String name, Integer... leaders) {
        return new ClassGroup(name, List.of(leaders));
    }

    @Test
    void theRuleAndItsSettings() {
        String range = "expected a number from 0.0 to 1.0, got ";
        refusals.refused(
                "VotingRule", "leaderThreshold: " + range + "1.5", () -> rule(1.5, 0.5, 0.1));
        refusals.refused(
                "VotingRule", "leaderThreshold: " + range + "NaN", () -> rule(Double.NaN, 1, 0));
        refusals.refused(
                "VotingRule",
                "memberThreshold: expected a number from 0.5 to 1.0, got 0.4",
                () -> rule(0.5, 0.4, 0.1));
        refusals.refused("VotingRule", "penalty: " + range + "-0.1", () -> rule(0.5, 0.5, -0.1));
        set("optGroups", "groups: expected a value, got null", b -> b.optGroups(null));
        set("optEdition", "edition: expected a value, got null", b -> b.optEdition(null));
        set(
                "optLeaderThreshold",
                "leaderThreshold: " + range + "1.5",
                b -> b.optLeaderThreshold(1.5));
        set(
                "optMemberThreshold",
                "memberThreshold: " + range + "-0.1",
                b -> b.optMemberThreshold(-0.1));
        set("optPenalty", "penalty: " + range + "NaN", b -> b.optPenalty(Double.NaN));
        set("optDivergence", "divergence: expected a value, got null", b -> b.optDivergence(null));
        set("optTeacher", "teacher: expected a value, got null", b -> b.optTeacher(null));
        String tau = "temperature: expected a number from 0.001 to 1000.0, got ";
        set("optTemperature", tau + "-1.0", b -> b.optTemperature(-1));
        set("optTemperature", tau + "9.99E-4", b -> b.optTemperature(0.000999));
        set("optTemperature", tau + "1000.1", b -> b.optTemperature(1000.1));
        set("optTemperature", tau + "NaN", b -> b.optTemperature(Double.NaN));
        set("optMaskRate", "maskRate: " + range + "1.01", b -> b.optMaskRate(1.01));
        String most = "expected a number from 0.0 to 1000000.0, got ";
        set("optAlpha", "alpha: " + most + "-0.5", b -> b.optAlpha(-0.5));
        set("optAlpha", "alpha: " + most + "1000000.1", b -> b.optAlpha(1_000_000.1));
        set("optBeta", "beta: " + most + "Infinity", b -> b.optBeta(1 / 0.0));
        refusals.refused(
                "GssConfigBuilder.build",
                "memberThreshold: expected a number from 0.8 to 1.0, got 0.75",
                () -> GssConfig.builder().optLeaderThreshold(0.8).build());
        for (int label : new int[] {Integer.MIN_VALUE, -1, 0, 255, Integer.MAX_VALUE}) {
            refusals.taken(
                    "GssConfigBuilder.optIgnoreIndex",
                    () -> GssConfig.builder().optIgnoreIndex(label).build());
        }
        set("optTrust", "trust: expected a value, got null", b -> b.optTrust(null));
        set("optBalance", "balance: expected a value, got null", b -> b.optBalance(null));
        refusals.taken(
                "GssConfigBuilder.optReadiness",
                () -> GssConfig.builder().optReadiness(null).build());
        refusals.coverAllOf(GssConfig.class, GssConfigBuilder.class);
    }

    @Test
    void whatTheReleasedEditionDoesNotKnow() {
        GssConfigBuilder released = GssConfig.released().toBuilder();
        refusals.refused(
                "released",
                "divergence: expected RELEASED_CROSS_ENTROPY in edition RELEASED, got"
                        + " REVERSE_KL",
                () -> released.optDivergence(Divergence.REVERSE_KL).build());
        refusals.refused(
                "released",
                "leaders of class b: expected one or two in the released edition, got 3",
                () ->
                        GssConfig.released().toBuilder()
                                .optGroups(
                                        ClassGroups.parse(
                                                List.of("x", "y", "z"), "a: x, y; b: x, y, z"))
                                .build());
    }

    private static VotingRule rule(double leaders, double members, double penalty) {
        return new VotingRule(leaders, members, penalty);
    }

    /** One setting of the builder. */
    private interface Step {
        void set(GssConfigBuilder builder);
    }

    private void set(String method, String message, Step step) {
        GssConfigBuilder builder = GssConfig.builder();
        refusals.refused("GssConfigBuilder." + method, message, () -> step.set(builder));
        assertThat(builder.build()).as("a refused value is not kept").isEqualTo(GssConfig.paper());
    }

    @Test
    void tablesOfDice() {
        refusals.refused(
                "ModalityDice",
                "modalities: expected a value, got null",
                () -> new ModalityDice(null, NAMES, List.of()));
        refusals.refused(
                "ModalityDice",
                "classes: expected no null, got [a, null]",
                () -> new ModalityDice(NAMES, HOLE, List.of()));
        refusals.refused(
                "ModalityDice",
                "values: expected no null, got [null, null]",
                () -> new ModalityDice(NAMES, NAMES, Arrays.asList(null, null)));
        OptionalDouble none = OptionalDouble.empty();
        ModalityDice dice = new ModalityDice(List.of("m"), NAMES, List.of(List.of(none, none)));
        refusals.refused(
                "ModalityDice.value",
                "modality: expected an index from 0 to 0, got 1",
                () -> dice.value(1, 0));
        refusals.refused(
                "ModalityDice.value",
                "classIndex: expected an index from 0 to 1, got -1",
                () -> dice.value(0, -1));
        refusals.refused(
                "ModalityDice.within",
                "margin: expected a number from 0.0 to 1.0, got 2.0",
                () -> dice.within(2));
        refusals.coverAllOf(ModalityDice.class);
    }
}
