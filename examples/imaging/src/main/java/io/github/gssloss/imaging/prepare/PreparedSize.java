/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.nifti.NiftiDatatype;
import io.github.gssloss.imaging.nifti.NiftiReader;
import java.nio.file.Path;

/** How much of the disk a prepared case takes. */
final class PreparedSize {

    private PreparedSize() {}

    /** Estimates, by the headers alone, the bytes that a prepared case takes; 0 where it fails. */
    static long estimate(CaseFiles files) {
        try {
            int[] shape = NiftiReader.readHeader(files.reference()).geometry().size();
            // A brain fills less than half of its volume: in BraTS two fifths.
            long voxels = (long) shape[0] * shape[1] * shape[2] / 2;
            long bytes = files.segmentation().isPresent() ? 1 : 0;
            for (Path image : files.images().values()) {
                NiftiDatatype type = NiftiReader.readHeader(image).datatype();
                bytes += type.integral() ? Math.min(Short.BYTES, type.bytes()) : Float.BYTES;
            }
            return voxels * bytes;
        } catch (UserInputException e) {
            // Reported when the case is opened.
            return 0;
        }
    }
}
