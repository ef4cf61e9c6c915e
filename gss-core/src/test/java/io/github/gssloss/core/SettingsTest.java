/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Groups, presets, masks: what is set rather than computed. */
class SettingsTest {

    @Test
    void theLeadersOfBrats() {
        assertThat(ClassGroups.brats2020())
                .hasToString("BG: flair; NCR/NET: t1ce; ED: flair, t2; ET: t1ce");
        assertThat(ClassGroups.brats2015())
                .hasToString("BG: flair; NCR: t1ce; ED: flair, t2; NET: t1ce; ET: t1ce");
        assertThat(ClassGroups.brats2020().classNames())
                .containsExactly("BG", "NCR/NET", "ED", "ET");
        assertThat(ClassGroups.brats2020().groups().get(2).leaders()).containsExactly(0, 3);
        assertThat(ClassGroups.brats2020().groups().get(2).members(4)).containsExactly(1, 2);
    }

    @Test
    void groupsReadWhatTheyPrint() {
        List<String> brats = ClassGroups.brats2020().modalities();
        assertThat(ClassGroups.parse(brats, ClassGroups.brats2020().toString()))
                .isEqualTo(ClassGroups.brats2020());
        assertThat(ClassGroups.parse(brats, " a:t1;b : t2 ,flair "))
                .hasToString("a: t1; b: flair, t2");
        assertThatThrownBy(() -> ClassGroups.parse(brats, "a: t1; b"))
                .hasMessage("class groups: expected 'class: leader, leader; class: ...', got 'b'");
        assertThatThrownBy(() -> ClassGroups.parse(brats, "a: t1; b: pd"))
                .hasMessage("leaders of class b: expected some of [flair, t1ce, t1, t2], got [pd]");
    }

    @Test
    void thePresetsHoldThePapersValues() {
        GssConfig paper = GssConfig.paper();
        assertThat(paper)
                .returns(Edition.PAPER, GssConfig::edition)
                .returns(0.65, GssConfig::leaderThreshold)
                .returns(0.75, GssConfig::memberThreshold)
                .returns(0.3, GssConfig::penalty)
                .returns(8.0, GssConfig::temperature)
                .returns(0.2, GssConfig::maskRate)
                .returns(0.7, GssConfig::alpha)
                .returns(0.3, GssConfig::beta)
                .returns(true, GssConfig::normalised)
                .returns(Divergence.FORWARD_KL, GssConfig::divergence)
                .returns(PaperTeacher.VOTES, GssConfig::teacher)
                .returns(OptionalInt.empty(), GssConfig::ignoreIndex)
                .returns(false, GssConfig::finiteChecked)
                .returns(ClassGroups.brats2020(), GssConfig::groups);
        GssConfig ablation = GssConfig.paperAblation();
        assertThat(ablation)
                .isEqualTo(
                        paper.toBuilder()
                                .optLeaderThreshold(0.75)
                                .optMemberThreshold(0.85)
                                .optPenalty(0.2)
                                .optTemperature(10)
                                .build());
        GssConfig released = GssConfig.released();
        assertThat(released)
                .isEqualTo(
                        paper.toBuilder()
                                .optEdition(Edition.RELEASED)
                                .optLeaderThreshold(0.75)
                                .optMemberThreshold(0.85)
                                .optDivergence(Divergence.RELEASED_CROSS_ENTROPY)
                                .optBeta(0.03)
                                .build());
    }

    @Test
    void settingsOutsideTheirRangeAreNamed() {
        assertThatThrownBy(() -> GssConfig.builder().optTemperature(0).build())
                .hasMessage("temperature: expected a number from 0.001 to 1000.0, got 0.0");
        assertThatThrownBy(() -> GssConfig.builder().optTemperature(1 / 0.0).build())
                .hasMessage("temperature: expected a number from 0.001 to 1000.0, got Infinity");
        assertThatThrownBy(() -> GssConfig.builder().optMaskRate(1.5).build())
                .hasMessage("maskRate: expected a number from 0.0 to 1.0, got 1.5");
        assertThatThrownBy(() -> GssConfig.builder().optAlpha(-1).build())
                .hasMessageStartingWith("alpha: expected a number from 0.0 to ");
        assertThatThrownBy(() -> GssConfig.builder().optBeta(Double.NaN).build())
                .hasMessageStartingWith("beta: expected a number from 0.0 to ");
        assertThatThrownBy(() -> GssConfig.builder().optDivergence(null).build())
                .hasMessage("divergence: expected a value, got null");
        assertThatThrownBy(() -> GssConfig.builder().optGroups(null).build())
                .hasMessage("groups: expected a value, got null");
        assertThatThrownBy(() -> GssConfig.builder().optEdition(null).build())
                .hasMessage("edition: expected a value, got null");
        assertThatThrownBy(() -> GssConfig.builder().optTeacher(null).build())
                .hasMessage("teacher: expected a value, got null");
    }

    @Test
    void groupsThatCannotBeAreNamed() {
        ClassGroup one = new ClassGroup("one", List.of(1));
        assertThatThrownBy(() -> new ClassGroup("none", List.of()))
                .hasMessage(
                        "leaders of class none: expected distinct modality indices from 0, at least"
                                + " one, got []");
        assertThatThrownBy(() -> new ClassGroup("twice", List.of(1, 1)))
                .hasMessageEndingWith("got [1, 1]");
        assertThatThrownBy(() -> new ClassGroup("below", List.of(-1)))
                .hasMessageEndingWith("got [-1]");
        assertThatThrownBy(() -> new ClassGroup(" ", List.of(0)))
                .hasMessage("class name: expected text, got  ");
        assertThatThrownBy(() -> new ClassGroups(List.of("a", "b"), List.of(one)))
                .hasMessage("classes: expected at least 2 distinct names, got [one]");
        assertThatThrownBy(() -> new ClassGroups(List.of("a", "a"), List.of(one, one)))
                .hasMessage("modalities: expected at least 1 distinct names, got [a, a]");
        ClassGroup two = new ClassGroup("two", List.of(0));
        assertThatThrownBy(() -> new ClassGroups(List.of("a"), List.of(one, two)))
                .hasMessage("leaders of class one: expected modality indices below 1, got 1");
        ClassGroups.Builder builder = ClassGroups.builder().setModalities(List.of("a", "b"));
        assertThatThrownBy(() -> builder.addClass("x", "c"))
                .hasMessage("leaders of class x: expected some of [a, b], got [c]");
    }

    @Test
    void theMaskDropsItsShareAndRepeatsWithTheSeed() {
        Shape logits = new Shape(2, 4, 50, 50, 20);
        try (NDManager manager = NDManager.newBaseManager()) {
            Engine.getInstance().setRandomSeed(3);
            NDArray mask = VoxelMask.draw(manager, logits, 0.2);
            assertThat(mask.getShape()).isEqualTo(new Shape(2, 1, 50, 50, 20));
            // 100,000 draws: five standard deviations are 0.0063.
            assertThat(mask.mean().getFloat()).isCloseTo(0.8f, within(0.0063f));
            assertThat(mask.mul(mask.sub(1)).abs().max().getFloat()).isZero();
            Engine.getInstance().setRandomSeed(3);
            assertThat(VoxelMask.draw(manager, logits, 0.2)).isEqualTo(mask);
            assertThat(VoxelMask.draw(manager, logits, 0).min().getFloat()).isEqualTo(1);
            assertThat(VoxelMask.draw(manager, logits, 1).max().getFloat()).isZero();
            NDArray ofPoints = VoxelMask.draw(manager, new Shape(3, 4), 0);
            assertThat(ofPoints.getShape()).isEqualTo(new Shape(3, 1));
            assertThatThrownBy(() -> VoxelMask.draw(manager, logits, -0.1))
                    .hasMessage("maskRate: expected a number from 0.0 to 1.0, got -0.1");
        }
    }
}
