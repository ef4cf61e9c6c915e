/**
 * NIfTI-1 files as BraTS uses them: one three-dimensional volume in a {@code .nii} or {@code
 * .nii.gz} file. Field offsets and codes follow the NIfTI-1.1 header definition ({@code nifti1.h},
 * NIMH).
 *
 * <p>On disk x runs fastest; in memory volumes are in C order of (x, y, z), so the index of a voxel
 * is {@code (x * ny + y) * nz + z}.
 */
package io.github.gssloss.imaging.nifti;
