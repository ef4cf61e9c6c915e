/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

/** What the cases of a run are. */
public enum DatasetName {
    /** BraTS 2017 to 2021: labels 0, 1, 2, 4. */
    BRATS2020,
    /** BraTS 2023: labels 0, 1, 2, 3. */
    BRATS2023,
    /** BraTS 2015: labels 0 to 4, five classes. */
    BRATS2015,
    /** The raw form of nnU-Net, described by its {@code dataset.json}. */
    NNUNET
}
