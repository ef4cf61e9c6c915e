/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import io.github.gssloss.core.TumorRegion;
import java.util.List;
import java.util.stream.Stream;

/** The data sets of the BraTS challenges: four MRI sequences of brains with a glioma. */
public final class Brats {

    /**
     * The modalities in the order of the published weights: {@link #FLAIR}, {@link #T1CE}, {@link
     * #T1}, {@link #T2}.
     */
    public static final List<Modality> MODALITIES =
            Modality.of(List.of("flair", "t1ce", "t1", "t2"));

    /** T2 fluid-attenuated inversion recovery: fluid dark, oedema bright. */
    public static final Modality FLAIR = MODALITIES.get(0);

    /** T1 with contrast agent: the enhancing rim bright. */
    public static final Modality T1CE = MODALITIES.get(1);

    /** Native T1. */
    public static final Modality T1 = MODALITIES.get(2);

    /** T2: fluid, oedema and necrotic core bright. */
    public static final Modality T2 = MODALITIES.get(3);

    /**
     * All 15 subsets as the paper's Table 6 lists them: the single modalities, the pairs, the
     * triples, all four.
     */
    static final List<ModalitySubset> PAPER_ORDER =
            Stream.of(
                            "t2",
                            "t1ce",
                            "t1",
                            "flair",
                            "t1ce+t2",
                            "t1ce+t1",
                            "flair+t1",
                            "t1+t2",
                            "flair+t2",
                            "flair+t1ce",
                            "flair+t1ce+t1",
                            "flair+t1+t2",
                            "flair+t1ce+t2",
                            "t1ce+t1+t2",
                            "all")
                    .map(text -> ModalitySubset.parse(text, MODALITIES))
                    .toList();

    /** BraTS 2017 to 2021: labels 0, 1 NCR/NET, 2 ED, 4 ET. Four classes. */
    public static final DataDescription BRATS2020 =
            of("brats2020", List.of("BG", "NCR/NET", "ED", "ET"), 0, 1, 2, 4);

    /** BraTS 2023: labels 0, 1 NCR, 2 ED, 3 ET. Four classes. */
    public static final DataDescription BRATS2023 =
            of("brats2023", List.of("BG", "NCR/NET", "ED", "ET"), 0, 1, 2, 3);

    /** BraTS 2015: labels 0, 1 NCR, 2 ED, 3 NET, 4 ET. Five classes. */
    public static final DataDescription BRATS2015 =
            of("brats2015", List.of("BG", "NCR", "ED", "NET", "ET"), 0, 1, 2, 3, 4);

    /** The whole tumour of four classes. */
    public static final Region WHOLE = BRATS2020.regions().get(0);

    /** The tumour's core of four classes. */
    public static final Region CORE = BRATS2020.regions().get(1);

    /** The enhancing tumour of four classes. */
    public static final Region ENHANCING = BRATS2020.regions().get(2);

    private Brats() {}

    private static DataDescription of(String name, List<String> classNames, Integer... labels) {
        List<Region> regions =
                Stream.of(TumorRegion.values())
                        .map(
                                region ->
                                        new Region(
                                                region.label(),
                                                title(region),
                                                region.classes(classNames.size()),
                                                region == TumorRegion.ENHANCING))
                        .toList();
        return new DataDescription(
                DatasetKind.BRATS,
                name,
                MODALITIES,
                LabelSet.of(classNames, List.of(labels)),
                regions);
    }

    private static String title(TumorRegion region) {
        return switch (region) {
            case WHOLE -> "Whole tumour";
            case CORE -> "Tumour core";
            case ENHANCING -> "Enhancing tumour";
        };
    }
}
