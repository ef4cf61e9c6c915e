/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import java.util.Optional;
import java.util.stream.Stream;

/** How the files of a data set lie in its folder. */
public enum DatasetKind {
    /** A folder for each case, the files of which are named by what they are, as in BraTS. */
    BRATS(Optional.of("LPS")) {
        @Override
        String example(String name) {
            return "%s_flair.nii.gz or %s-t2f.nii.gz".formatted(name, name);
        }

        @Override
        String expected(CaseFiles files, Optional<Modality> modality) {
            // Named as those that are there are named.
            Optional<NamedFile> other =
                    Stream.concat(files.images().values().stream(), files.segmentation().stream())
                            .flatMap(file -> NamedFile.of(file).stream())
                            .findFirst();
            return "%s%s.nii.gz in %s"
                    .formatted(
                            other.map(NamedFile::prefix).orElse(files.name()),
                            NamedFile.endings(modality).get(other.map(NamedFile::year).orElse(0)),
                            files.folder());
        }
    },
    /** The raw form of nnU-Net: {@code dataset.json}, {@code imagesTr}, {@code labelsTr}. */
    NNUNET(Optional.empty()) {
        @Override
        String example(String name) {
            return name + "_0000.nii.gz";
        }

        @Override
        String expected(CaseFiles files, Optional<Modality> modality) {
            return modality.map(
                            one ->
                                    "a file %s_NNNN of the channel %s in %s"
                                            .formatted(files.name(), one, files.folder()))
                    .orElseGet(
                            () ->
                                    "a file %s in the folder of labels beside %s"
                                            .formatted(files.name(), files.folder()));
        }
    };

    private final Optional<String> orientation;

    /** A name that a file of a case may have. */
    abstract String example(String name);

    /** The file of a case that is missing, in words; of no modality: its segmentation. */
    abstract String expected(CaseFiles files, Optional<Modality> modality);

    DatasetKind(Optional<String> orientation) {
        this.orientation = orientation;
    }

    /**
     * Returns the orientation that all volumes are brought to.
     *
     * @return the directions in which the axes lead; empty: each case as its first image is stored
     */
    public Optional<String> orientation() {
        return orientation;
    }
}
