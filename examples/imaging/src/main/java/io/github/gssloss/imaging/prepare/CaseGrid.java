/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.nifti.Geometry;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.nifti.Reorientation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one grid that all volumes of a case are brought to: that of its first image, with its axes
 * leading as its data set wants it ({@link
 * io.github.gssloss.imaging.dataset.DatasetKind#orientation}), or as they are stored. Only the
 * order and the direction of axes are changed, never a value; a file that lies otherwise is
 * refused.
 */
public final class CaseGrid {

    private static final Logger LOG = LoggerFactory.getLogger(CaseGrid.class);

    private final String name;
    private final Path reference;
    private final Geometry file;
    private final Geometry geometry;

    private CaseGrid(CaseFiles files) {
        name = files.name();
        reference = files.reference();
        file = NiftiReader.readHeader(reference).geometry();
        geometry = files.kind().orientation().map(file::in).orElse(file);
    }

    /**
     * Reads the grid from the header of the case's first image.
     *
     * @param files a case with at least one image
     * @return its grid
     * @throws UserInputException if the file cannot be read
     */
    public static CaseGrid of(CaseFiles files) {
        return new CaseGrid(files);
    }

    /**
     * Returns the grid.
     *
     * @return size and place of the volumes as {@link #read} gives them
     */
    public Geometry geometry() {
        return geometry;
    }

    /**
     * Returns where the axes of the grid lead.
     *
     * @return for example {@code LPS}
     */
    public String orientation() {
        return geometry.orientation();
    }

    /**
     * Checks by its header that a file can be brought to the grid.
     *
     * @param volume a file of the case
     * @throws UserInputException if it cannot be read, or lies elsewhere than the first image by
     *     more than the order and direction of its axes; names both files
     */
    public void check(Path volume) {
        way(volume, NiftiReader.readHeader(volume).geometry());
    }

    /** Logs the contradictions within the headers of a case's files. */
    void warn(CaseFiles files) {
        Stream.concat(files.images().values().stream(), files.segmentation().stream())
                .forEach(
                        volume ->
                                NiftiReader.readHeader(volume)
                                        .warnings()
                                        .forEach(line -> LOG.warn("{}: {}", volume, line)));
    }

    /**
     * Reads a volume of the case.
     *
     * @param volume the file
     * @return its values on the grid, (x, y, z) in C order
     * @throws UserInputException as {@link #check}
     */
    public float[] read(Path volume) {
        var image = NiftiReader.read(volume);
        return way(volume, image.header().geometry()).apply(image.data());
    }

    /**
     * Brings labels back to how the case's first image lies in its file.
     *
     * @param labels on the grid, (x, y, z) in C order
     * @return on the grid of the file, in C order
     */
    public byte[] toFile(byte[] labels) {
        return way(reference, file).inverse().apply(labels);
    }

    private Reorientation way(Path volume, Geometry from) {
        Optional<Reorientation> way = Reorientation.between(from, geometry);
        if (way.isPresent()) {
            return way.get();
        }
        int[] size = from.size();
        int[] expected = file.size();
        Arrays.sort(size);
        Arrays.sort(expected);
        String what =
                Arrays.equals(size, expected) ? "lies elsewhere in the world" : "has another size";
        throw new UserInputException(
                "case %s: %s %s than %s: got %s, expected %s, up to order and direction of axes"
                        .formatted(
                                name,
                                volume.getFileName(),
                                what,
                                reference.getFileName(),
                                from,
                                file));
    }
}
