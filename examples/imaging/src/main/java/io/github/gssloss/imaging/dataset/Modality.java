/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import java.util.List;

/**
 * The four MRI sequences of BraTS, in the order that every array, network and weight file here
 * uses: {@code ordinal()} is the modality's index.
 */
public enum Modality {
    /** T2 fluid-attenuated inversion recovery: fluid dark, oedema bright. */
    FLAIR("flair", "t2f"),
    /** T1 with contrast agent: the enhancing rim bright. */
    T1CE("t1ce", "t1c"),
    /** Native T1. */
    T1("t1", "t1n"),
    /** T2: fluid, oedema and necrotic core bright. */
    T2("t2", "t2w");

    private final String label;
    private final String label2023;

    Modality(String label, String label2023) {
        this.label = label;
        this.label2023 = label2023;
    }

    /**
     * Returns the name used in tables, settings and in the file names up to BraTS 2021.
     *
     * @return for example {@code t1ce}
     */
    public String label() {
        return label;
    }

    /**
     * Returns the endings that a file of this modality may have before {@code .nii.gz}.
     *
     * @return the ending up to BraTS 2021, then that of BraTS 2023
     */
    public List<String> fileEndings() {
        return List.of("_" + label, "-" + label2023);
    }
}
