/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class CudaFactsTest {

    private static final Natives CUDA = new Natives("cu128", "2.7.1", "a download", false);
    private static final Natives CPU = new Natives("cpu", "2.7.1", "a jar", true);

    @Test
    void nothingIsMissingWhereADeviceIsSeen() {
        assertThat(facts(true, true, 1).missing(CUDA)).isEmpty();
    }

    @Test
    void eachMissingPartIsNamed() {
        assertThat(facts(false, false, 0).missing(CPU))
                .hasSize(3)
                .satisfies(all -> assertThat(all.get(0)).startsWith("an NVIDIA driver"))
                .satisfies(all -> assertThat(all.get(1)).contains("libcudart"))
                .satisfies(all -> assertThat(all.get(2)).contains("GSS_DEVICE=gpu"));
    }

    /** The starter leaves the CPU's out; then DJL chose them since it saw no CUDA. */
    @Test
    void nativesOfTheCpuThatDjlChoseAreNoMatterOfTheClassPath() {
        Natives chosen = new Natives("cpu", "2.7.1", "a download", false);

        assertThat(facts(true, true, 0).missing(chosen))
                .containsExactly("CUDA natives of PyTorch (DJL takes those of the CPU)");
    }

    @Test
    void hiddenDevicesAreSaidToBeHidden() {
        assertThat(new CudaFacts(true, true, 0, Optional.of("-1")).missing(CUDA))
                .containsExactly(
                        "a device that CUDA shows this process (CUDA_VISIBLE_DEVICES is '-1')");
        assertThat(facts(true, true, 0).missing(CUDA))
                .containsExactly("a device that CUDA shows this process");
    }

    private static CudaFacts facts(boolean driver, boolean runtime, int devices) {
        return new CudaFacts(driver, runtime, devices, Optional.empty());
    }
}
