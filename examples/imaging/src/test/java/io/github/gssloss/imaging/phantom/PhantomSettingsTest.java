/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.files.UserInputException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PhantomSettingsTest {

    private static final PhantomSettings BASE = PhantomSettings.ofSeed(1);

    @Test
    void keepsTheHeadsSizeWhateverTheShape() {
        assertThat(BASE.withShape(240, 240, 155).voxelSize()).isEqualTo(1, within(1e-12));
        assertThat(BASE.withShape(64, 64, 64).voxelSize())
                .isEqualTo(2 * BASE.withShape(128, 128, 128).voxelSize(), within(1e-12));
        assertThat(BASE.withShape(40, 50, 60).voxels()).isEqualTo(40 * 50 * 60);
    }

    @Test
    void keepsWhatIsNotChanged() {
        PhantomSettings changed =
                BASE.withImaging(0.1, 0.2, 0.7).withShape(40, 50, 60).withoutEnhancing(0.25);
        assertThat(changed).isEqualTo(new PhantomSettings(40, 50, 60, 1, 0.1, 0.2, 0.7, 0.25));
    }

    @Test
    void refusesWhatCannotBe() {
        assertRefused(
                () -> BASE.withShape(31, 64, 64),
                "phantom nx: expected from 32 to 512 voxels, got 31");
        assertRefused(
                () -> BASE.withShape(64, 513, 64),
                "phantom ny: expected from 32 to 512 voxels, got 513");
        assertRefused(
                () -> BASE.withShape(64, 64, -1),
                "phantom nz: expected from 32 to 512 voxels, got -1");
        assertRefused(
                () -> BASE.withImaging(-0.1, 0, 1),
                "phantom noise: expected from 0.0 to 0.5, got -0.1");
        assertRefused(
                () -> BASE.withImaging(0, Double.NaN, 1),
                "phantom bias: expected from 0.0 to 0.9, got NaN");
        assertRefused(
                () -> BASE.withImaging(0, 0, 0),
                "phantom contrast: expected above 0, up to 1.5, got 0.0");
        assertRefused(
                () -> BASE.withoutEnhancing(1.5),
                "phantom fractionWithoutEnhancing: expected from 0.0 to 1.0, got 1.5");
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(UserInputException.class).hasMessage(message);
    }
}
