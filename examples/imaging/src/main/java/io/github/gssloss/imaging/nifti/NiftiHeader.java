/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.nifti;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A checked NIfTI header of a three-dimensional volume, kept as the 348 bytes of NIfTI-1 so that a
 * result can be written on the very grid of its input. Immutable.
 */
public final class NiftiHeader {

    private static final int SCANNER = 1;

    /** The bytes in the file's order; only ever read by their places. */
    private final ByteBuffer raw;

    /** Where the voxels begin in the file. */
    private final long voxOffset;

    /** How many bytes the header takes in the file. */
    private final int storedBytes;

    private final double slope;
    private final double inter;

    private NiftiHeader(ByteBuffer raw) {
        this(
                raw,
                NiftiFields.HEADER_BYTES,
                (long) raw.getFloat(NiftiFields.VOX_OFFSET),
                raw.getFloat(NiftiFields.SCL_SLOPE),
                raw.getFloat(NiftiFields.SCL_INTER));
    }

    private NiftiHeader(
            ByteBuffer raw, int storedBytes, long voxOffset, double slope, double inter) {
        boolean scales = Double.isFinite(slope) && slope != 0;
        this.raw = raw;
        this.storedBytes = storedBytes;
        this.voxOffset = voxOffset;
        this.slope = scales ? slope : 1;
        this.inter = scales && Double.isFinite(inter) ? inter : 0;
    }

    /**
     * Makes a header for a new volume whose axes run along the world's.
     *
     * @param shape nx, ny, nz, each from 1 to 32767
     * @param spacing the voxel's edges in mm, each above 0
     * @param datatype the type of the voxels
     * @return a little-endian header
     * @throws IllegalArgumentException if shape or spacing cannot be
     */
    public static NiftiHeader create(int[] shape, float[] spacing, NiftiDatatype datatype) {
        if (spacing.length != 3) {
            throw new IllegalArgumentException(
                    "spacing: expected 3 numbers, got " + Arrays.toString(spacing));
        }
        double[][] affine = new double[4][4];
        for (int axis = 0; axis < 3; axis++) {
            affine[axis][axis] = spacing[axis];
        }
        affine[3][3] = 1;
        return create(shape, affine, datatype);
    }

    /**
     * Makes a header for a new volume with an affine. The sform holds it exactly; the qform holds
     * its rotation and spacing, and is left out where the axes are not at right angles.
     *
     * @param shape nx, ny, nz, each from 1 to 32767
     * @param affine 4 x 4, voxel indices to mm (x to the right, y to the front, z up)
     * @param datatype the type of the voxels
     * @return a little-endian header
     * @throws IllegalArgumentException if shape or affine cannot be
     */
    public static NiftiHeader create(int[] shape, double[][] affine, NiftiDatatype datatype) {
        if (shape.length != 3 || Arrays.stream(shape).anyMatch(n -> n < 1 || n > 32767)) {
            throw new IllegalArgumentException(
                    "shape: expected 3 sizes from 1 to 32767, got " + Arrays.toString(shape));
        }
        ByteBuffer raw =
                ByteBuffer.allocate(NiftiFields.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.putInt(NiftiFields.SIZEOF_HDR, NiftiFields.HEADER_BYTES);
        raw.put(NiftiFields.REGULAR, (byte) 'r');
        short[] dim = {3, (short) shape[0], (short) shape[1], (short) shape[2], 1, 1, 1, 1};
        for (int i = 0; i < dim.length; i++) {
            raw.putShort(NiftiFields.DIM + 2 * i, dim[i]);
        }
        raw.put(NiftiFields.XYZT_UNITS, (byte) NiftiFields.UNITS_MM);
        NiftiAffine.store(raw, affine, SCANNER);
        return new NiftiHeader(raw).withDatatype(datatype);
    }

    /** Takes the header's bytes as they stand in a file, checked; the file is named in errors. */
    static NiftiHeader parse(byte[] bytes, Path file) {
        if (!Nifti2.is(bytes)) {
            ByteOrder order = NiftiHeaderCheck.check(bytes, file);
            return new NiftiHeader(ByteBuffer.wrap(bytes.clone()).order(order));
        }
        Nifti2 second = Nifti2.of(bytes);
        byte[] first = second.toNifti1();
        ByteOrder order = NiftiHeaderCheck.check(first, file);
        NiftiHeaderCheck.checkOffset((double) second.voxOffset(), Nifti2.HEADER_BYTES, file);
        return new NiftiHeader(
                ByteBuffer.wrap(first).order(order),
                Nifti2.HEADER_BYTES,
                Math.max(second.voxOffset(), Nifti2.HEADER_BYTES),
                second.slope(),
                second.inter());
    }

    /**
     * Returns this header for voxels of another type on the same grid: no scaling, no display
     * range, no extensions; everything else as it is.
     *
     * @param datatype the type of the voxels
     * @return a new header in the same byte order
     */
    public NiftiHeader withDatatype(NiftiDatatype datatype) {
        ByteBuffer changed = ByteBuffer.wrap(bytes()).order(order());
        changed.putShort(NiftiFields.DATATYPE, (short) datatype.code());
        changed.putShort(NiftiFields.BITPIX, (short) (8 * datatype.bytes()));
        changed.putFloat(NiftiFields.VOX_OFFSET, NiftiFields.FIRST_VOXEL);
        changed.putFloat(NiftiFields.SCL_SLOPE, 1);
        changed.putFloat(NiftiFields.SCL_INTER, 0);
        changed.putFloat(NiftiFields.CAL_MAX, 0);
        changed.putFloat(NiftiFields.CAL_MIN, 0);
        changed.put(NiftiFields.MAGIC, "n+1\0".getBytes(StandardCharsets.US_ASCII));
        return new NiftiHeader(changed);
    }

    /**
     * Returns the volume's size.
     *
     * @return nx, ny, nz
     */
    public int[] shape() {
        int[] shape = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            shape[axis] = raw.getShort(NiftiFields.DIM + 2 * (axis + 1));
        }
        return shape;
    }

    /**
     * Returns where the volume lies: by the sform, else the qform, else the field {@code pixdim}
     * along the world's axes.
     *
     * @return size and affine, in mm
     */
    public Geometry geometry() {
        return Geometry.of(shape(), NiftiAffine.load(raw));
    }

    /**
     * Returns whether the header says where the volume lies.
     *
     * @return false where it has neither sform nor qform, so that {@link #geometry} is a guess
     */
    public boolean isPlaced() {
        return NiftiAffine.hasSform(raw) || NiftiAffine.hasQform(raw);
    }

    /** Returns this header for stored whole numbers that stand for a factor times as much. */
    NiftiHeader withSlope(float factor) {
        ByteBuffer changed = ByteBuffer.wrap(bytes()).order(order());
        changed.putFloat(NiftiFields.SCL_SLOPE, factor);
        return new NiftiHeader(changed);
    }

    /**
     * Returns what in the header contradicts itself, and what was taken.
     *
     * @return a line each, without the file's name; none for a sound header
     */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        Geometry taken = geometry();
        if (!isPlaced()) {
            warnings.add("has neither sform nor qform: its axes are taken to lead to RAS");
            return warnings;
        }
        float[] edges = taken.spacing();
        double[] pixdim = new double[3];
        Arrays.setAll(
                pixdim,
                axis ->
                        Math.abs(raw.getFloat(NiftiFields.PIXDIM + 4 * (axis + 1)))
                                * NiftiAffine.unitInMm(raw));
        for (int axis = 0; axis < 3; axis++) {
            if (!(Math.abs(pixdim[axis] - edges[axis]) <= Geometry.TOLERANCE * edges[axis])) {
                warnings.add(
                        "pixdim says %s mm, the affine %s mm: the affine is taken"
                                .formatted(Arrays.toString(pixdim), Arrays.toString(edges)));
                return warnings;
            }
        }
        if (NiftiAffine.hasSform(raw) && NiftiAffine.hasQform(raw)) {
            double[][] qform = NiftiAffine.withoutSform(raw);
            if (Affine.problem(qform).isPresent() || !taken.matches(Geometry.of(shape(), qform))) {
                warnings.add("sform and qform lie apart: the sform is taken");
            }
        }
        return warnings;
    }

    /**
     * Returns the type of the voxels on disk.
     *
     * @return the type
     */
    public NiftiDatatype datatype() {
        return NiftiDatatype.ofCode(raw.getShort(NiftiFields.DATATYPE)).orElseThrow();
    }

    /**
     * Returns the header's bytes.
     *
     * @return a copy, 348 bytes in the file's byte order
     */
    public byte[] bytes() {
        byte[] bytes = new byte[NiftiFields.HEADER_BYTES];
        raw.get(0, bytes);
        return bytes;
    }

    /**
     * Returns the byte order of header and voxels.
     *
     * @return the order
     */
    public ByteOrder order() {
        return raw.order();
    }

    /** The number of voxels; fits because the check refuses more than an array can hold. */
    int voxels() {
        int[] shape = shape();
        return shape[0] * shape[1] * shape[2];
    }

    /** How many bytes lie between header and voxels. */
    long gap() {
        return Math.max(NiftiFields.FIRST_VOXEL, voxOffset) - storedBytes;
    }

    /** The factor of the stored values; NaN, infinite or 0 in the file means no scaling. */
    double slope() {
        return slope;
    }

    /** What is added to the scaled values; 0 where the file does not scale. */
    double inter() {
        return inter;
    }
}
