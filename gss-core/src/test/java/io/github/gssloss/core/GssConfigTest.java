/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The settings as a value: each option is kept, compared, printed and handed on. */
class GssConfigTest {

    private static final ClassGroups GROUPS =
            ClassGroups.parse(List.of("flair", "t1ce"), "rest: flair; tumour: t1ce");

    private static final Readiness READINESS = Readiness.of(0.4, 0.9, UnreadyVote.NONE);

    /** A value that is not the default, with the accessor that must return it. */
    private record Option(
            UnaryOperator<GssConfigBuilder> set, Function<GssConfig, Object> get, Object value) {}

    private static Map<String, Option> options() {
        Map<String, Option> options = new LinkedHashMap<>();
        options.put("optGroups", new Option(b -> b.optGroups(GROUPS), GssConfig::groups, GROUPS));
        options.put(
                "optLeaderThreshold",
                new Option(b -> b.optLeaderThreshold(0.1), GssConfig::leaderThreshold, 0.1));
        options.put(
                "optMemberThreshold",
                new Option(b -> b.optMemberThreshold(0.9), GssConfig::memberThreshold, 0.9));
        options.put("optPenalty", new Option(b -> b.optPenalty(1), GssConfig::penalty, 1.0));
        options.put(
                "optTemperature",
                new Option(b -> b.optTemperature(0.001), GssConfig::temperature, 0.001));
        options.put(
                "optNormalised",
                new Option(b -> b.optNormalised(false), GssConfig::normalised, false));
        options.put("optMaskRate", new Option(b -> b.optMaskRate(0), GssConfig::maskRate, 0.0));
        options.put(
                "optDivergence",
                new Option(
                        b -> b.optDivergence(Divergence.REVERSE_KL),
                        GssConfig::divergence,
                        Divergence.REVERSE_KL));
        options.put(
                "optTeacher",
                new Option(
                        b -> b.optTeacher(PaperTeacher.MUTUAL),
                        GssConfig::teacher,
                        PaperTeacher.MUTUAL));
        options.put("optAlpha", new Option(b -> b.optAlpha(1e6), GssConfig::alpha, 1e6));
        options.put("optBeta", new Option(b -> b.optBeta(0), GssConfig::beta, 0.0));
        options.put(
                "optIgnoreIndex",
                new Option(b -> b.optIgnoreIndex(-1), GssConfig::ignoreIndex, OptionalInt.of(-1)));
        options.put(
                "optTrust",
                new Option(b -> b.optTrust(Trust.LABEL), GssConfig::trust, Trust.LABEL));
        options.put(
                "optBalance",
                new Option(b -> b.optBalance(Balance.CLASS), GssConfig::balance, Balance.CLASS));
        options.put(
                "optReadiness",
                new Option(
                        b -> b.optReadiness(READINESS),
                        GssConfig::readiness,
                        Optional.of(READINESS)));
        options.put(
                "optFiniteChecked",
                new Option(b -> b.optFiniteChecked(true), GssConfig::finiteChecked, true));
        // The released edition has a divergence of its own.
        options.put(
                "optEdition",
                new Option(
                        b ->
                                b.optEdition(Edition.RELEASED)
                                        .optDivergence(Divergence.RELEASED_CROSS_ENTROPY),
                        GssConfig::edition,
                        Edition.RELEASED));
        return options;
    }

    @Test
    void everyOptionIsKeptComparedPrintedAndHandedOn() {
        GssConfig paper = GssConfig.paper();
        Set<GssConfig> all = new HashSet<>(Set.of(paper));
        Set<String> texts = new HashSet<>(Set.of(paper.toString()));
        options()
                .forEach(
                        (name, option) -> {
                            GssConfig changed = option.set.apply(GssConfig.builder()).build();
                            assertThat(option.get.apply(paper)).as(name).isNotEqualTo(option.value);
                            assertThat(option.get.apply(changed)).as(name).isEqualTo(option.value);
                            assertThat(changed).as(name).isNotEqualTo(paper);
                            GssConfig again = option.set.apply(GssConfig.builder()).build();
                            assertThat(again)
                                    .as(name)
                                    .isEqualTo(changed)
                                    .hasSameHashCodeAs(changed);
                            assertThat(changed.toBuilder().build()).as(name).isEqualTo(changed);
                            assertThat(all.add(changed)).as(name).isTrue();
                            assertThat(texts.add(changed.toString())).as(name).isTrue();
                        });
        assertThat(options().keySet()).isEqualTo(optionsOfTheBuilder());
    }

    private static Set<String> optionsOfTheBuilder() {
        return Arrays.stream(GssConfigBuilder.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName)
                .filter(name -> name.startsWith("opt"))
                .collect(Collectors.toSet());
    }

    /** All options at once, so that no two are taken for each other. */
    @Test
    void aBuilderOfSettingsHoldsAllOfThem() {
        GssConfigBuilder builder = GssConfig.builder();
        Map<String, Option> options = options();
        options.remove("optEdition");
        for (Option option : options.values()) {
            builder = option.set.apply(builder);
        }
        GssConfig config = builder.build().toBuilder().build();
        options.forEach(
                (name, option) ->
                        assertThat(option.get.apply(config)).as(name).isEqualTo(option.value));
        assertThat(config).isEqualTo(builder.build()).isNotEqualTo(null).isNotEqualTo("text");
        GssConfig released = GssConfig.released();
        assertThat(released.toBuilder().build()).isEqualTo(released);
    }

    /** A builder that goes on does not change the settings that it built. */
    @Test
    void settingsAreImmutable() {
        GssConfigBuilder builder = GssConfig.builder();
        GssConfig before = builder.build();
        builder.optBeta(5).optIgnoreIndex(1);
        assertThat(before).isEqualTo(GssConfig.paper());
        assertThat(before.toBuilder().optBeta(5).build()).isNotEqualTo(before);
        assertThat(before.beta()).isEqualTo(0.3);
    }

    @Test
    void theTextNamesEverySetting() {
        assertThat(GssConfig.paper())
                .hasToString(
                        "GssConfig[edition=PAPER, groups=BG: flair; NCR/NET: t1ce; ED: flair, t2;"
                                + " ET: t1ce, leaderThreshold=0.65, memberThreshold=0.75,"
                                + " penalty=0.3, temperature=8.0, normalised=true, maskRate=0.2,"
                                + " divergence=FORWARD_KL, teacher=VOTES, alpha=0.7, beta=0.3,"
                                + " ignoreIndex=OptionalInt.empty, trust=NONE, balance=VOXEL,"
                                + " readiness=Optional.empty, finiteChecked=false]");
    }

    @Test
    void readinessIsAValue() {
        assertThat(READINESS)
                .isEqualTo(Readiness.of(0.4, 0.9, UnreadyVote.NONE))
                .hasSameHashCodeAs(Readiness.of(0.4, 0.9, UnreadyVote.NONE))
                .isNotEqualTo(Readiness.of(0.3, 0.9, UnreadyVote.NONE))
                .isNotEqualTo(Readiness.of(0.4, 0.8, UnreadyVote.NONE))
                .isNotEqualTo(Readiness.of(0.4, 0.9, UnreadyVote.LABEL))
                .isNotEqualTo("text")
                .hasToString("Readiness[bar=0.4, decay=0.9, unreadyVote=NONE]");
        Set<Integer> hashes = new HashSet<>();
        hashes.add(READINESS.hashCode());
        hashes.add(Readiness.of(0.3, 0.9, UnreadyVote.NONE).hashCode());
        hashes.add(Readiness.of(0.4, 0.8, UnreadyVote.NONE).hashCode());
        assertThat(hashes).hasSize(3);
        assertThat(READINESS.bar()).isEqualTo(0.4);
        assertThat(READINESS.decay()).isEqualTo(0.9);
        assertThat(READINESS.unreadyVote()).isEqualTo(UnreadyVote.NONE);
        assertThat(GssConfig.builder().optReadiness(READINESS).optReadiness(null).build())
                .isEqualTo(GssConfig.paper());
        assertThat(GssConfig.paper().hashCode()).isNotEqualTo(GssConfig.released().hashCode());
    }

    @Test
    void whatNeedsLabels() {
        assertThat(GssConfig.paper().needsLabels()).isFalse();
        assertThat(GssConfig.paperAblation().needsLabels()).isFalse();
        assertThat(GssConfig.released().needsLabels()).isFalse();
        assertThat(GssConfig.passion().needsLabels()).isFalse();
        assertThat(GssConfig.builder().optIgnoreIndex(3).build().needsLabels()).isTrue();
        assertThat(GssConfig.builder().optTrust(Trust.LABEL).build().needsLabels()).isTrue();
        assertThat(GssConfig.builder().optTrust(Trust.LABEL_WEIGHT).build().needsLabels()).isTrue();
        assertThat(GssConfig.builder().optBalance(Balance.CLASS).build().needsLabels()).isTrue();
        assertThat(GssConfig.builder().optReadiness(READINESS).build().needsLabels()).isTrue();
    }

    @Test
    void passion() {
        GssConfig passion = GssConfig.passion();
        assertThat(passion.teacher()).isEqualTo(PaperTeacher.FUSED);
        assertThat(passion.divergence()).isEqualTo(Divergence.FLOORED_KL);
        assertThat(passion.temperature()).isEqualTo(4);
        assertThat(passion.beta()).isEqualTo(0.5);
        assertThat(passion.maskRate()).isZero();
        assertThat(passion.alpha()).isEqualTo(0.7);
    }
}
