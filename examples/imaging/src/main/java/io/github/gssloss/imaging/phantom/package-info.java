/**
 * A phantom cohort for those who have no BraTS: schematic skull-stripped heads with one glioma
 * each, seen in four sequences, written as NIfTI files in BraTS form.
 *
 * <p>Anatomy is a set of formulas in millimetres (u to the right, v to the front, w up, origin near
 * the third ventricle), bent a little differently in each head and sampled on the voxel grid; the
 * tumour grows in it; a simulated scanner gives each tissue its intensity, then blurs, shades and
 * adds noise. No single sequence shows every class.
 */
package io.github.gssloss.imaging.phantom;
