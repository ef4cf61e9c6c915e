/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.nifti.AffineSampling;
import io.github.gssloss.imaging.nifti.Geometry;
import io.github.gssloss.imaging.nifti.NiftiHeader;
import io.github.gssloss.imaging.nifti.NiftiImage;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.nifti.Reorientation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
    private final boolean any;

    private CaseGrid(CaseFiles files, boolean any) {
        this.any = any;
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
        return new CaseGrid(files, false);
    }

    /**
     * Reads the grid as {@link #of} does; files that lie otherwise are resampled to it where their
     * headers say where they lie.
     *
     * @param files a case with at least one image
     * @return its grid
     * @throws UserInputException if the file cannot be read
     */
    public static CaseGrid ofAny(CaseFiles files) {
        return new CaseGrid(files, true);
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
        NiftiHeader header = NiftiReader.readHeader(volume);
        if (!any || isOn(header)) {
            way(volume, header.geometry());
            return;
        }
        for (Path one : List.of(reference, volume)) {
            if (!NiftiReader.readHeader(one).isPlaced()) {
                throw new UserInputException(
                        "case %s: %s lies on another grid than %s: expected sform or qform in both"
                                        .formatted(
                                                name, volume.getFileName(), reference.getFileName())
                                + " to tell where, %s has neither".formatted(one.getFileName()));
            }
        }
        if (reached(header) == 0) {
            throw new UserInputException(
                    "case %s: %s: expected an image of the part of the body that %s shows, got one"
                                    .formatted(name, volume.getFileName(), reference.getFileName())
                            + " that lies wholly beside it: "
                            + header.geometry());
        }
    }

    /**
     * Tells whether a file has the voxels of this grid, up to order and direction of its axes.
     *
     * @param volume a file of the case
     * @return false where it has to be resampled
     * @throws UserInputException if it cannot be read
     */
    public boolean isOn(Path volume) {
        return isOn(NiftiReader.readHeader(volume));
    }

    /**
     * Returns how much of this grid a file reaches; elsewhere {@link #read} gives 0.
     *
     * @param volume a file of the case
     * @return the share of the voxels, from 0 to 1
     * @throws UserInputException if it cannot be read
     */
    public double reached(Path volume) {
        return reached(NiftiReader.readHeader(volume));
    }

    private double reached(NiftiHeader header) {
        return AffineSampling.between(header.geometry(), geometry).reached();
    }

    private boolean isOn(NiftiHeader header) {
        return Reorientation.between(header.geometry(), geometry).isPresent();
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
        return volume(volume).values();
    }

    /** Reads a volume with what tells foreground. */
    Volume volume(Path path) {
        NiftiImage image = NiftiReader.read(path);
        Geometry from = image.header().geometry();
        if (any && !isOn(image.header())) {
            AffineSampling sampling = AffineSampling.between(from, geometry);
            return new Volume(sampling.linear(image.data()), sampling.nearest(image.data()));
        }
        float[] values = way(path, from).apply(image.data());
        return new Volume(values, values);
    }

    /** A volume on the grid. A handle: nothing is copied. */
    static final class Volume {
        private final float[] values;
        private final float[] nearest;

        private Volume(float[] values, float[] nearest) {
            this.values = values;
            this.nearest = nearest;
        }

        /** The values, interpolated where the file lies on another grid. */
        float[] values() {
            return values;
        }

        /** The values of the nearest voxels, which are background where the file has it. */
        float[] nearest() {
            return nearest;
        }
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

    /**
     * Brings values back as {@link #toFile(byte[])} does labels.
     *
     * @param values on the grid, (x, y, z) in C order
     * @return on the grid of the file, in C order
     */
    public float[] toFile(float[] values) {
        return way(reference, file).inverse().apply(values);
    }

    /**
     * Returns the grid of the case's first image.
     *
     * @return size and place as its file has them
     */
    public Geometry file() {
        return file;
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
