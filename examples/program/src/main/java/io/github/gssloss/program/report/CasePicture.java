/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.DatasetKind;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.program.report.PanelSheet.Panel;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A picture of one case in one look: for each region a row with the three planes through where most
 * of it lies, each beside the image or the truth; then a row for each map of uncertainty, as heat
 * with its scale, beside the image, on which the voxels are marked where two segmentations differ.
 * Voxels are as large as their millimetres, whatever their shape.
 */
public final class CasePicture {

    private final String name;
    private final DataDescription description;
    private final PictureStyle style;
    private final Set<Modality> present;
    private final Function<Modality, float[]> images;
    private final PictureGrid whole;
    private final Map<Modality, float[]> known = new HashMap<>();
    private final Map<String, byte[]> layers = new LinkedHashMap<>();
    private final Map<String, float[]> heats = new LinkedHashMap<>();

    /**
     * Starts a picture.
     *
     * @param name the case
     * @param description what it shows
     * @param grid where its voxels lie
     * @param style how classes lie over the image
     * @param present the modalities of which there are images, at least one
     * @param images from a modality to (x, y, z) in C order; asked for what is shown alone
     */
    public CasePicture(
            String name,
            DataDescription description,
            PictureGrid grid,
            PictureStyle style,
            Set<Modality> present,
            Function<Modality, float[]> images) {
        this.name = name;
        this.description = description;
        this.style = style;
        this.present = Set.copyOf(present);
        this.images = images;
        this.whole = grid;
    }

    /**
     * Adds a segmentation. The first of two stands on the left and says which slices are shown; a
     * single one stands beside the image.
     *
     * @param title what it is
     * @param classes the class of each voxel, (x, y, z) in C order; handed on, not copied
     * @return this picture
     * @throws IllegalArgumentException if there are more or fewer classes than voxels
     */
    public CasePicture addClasses(String title, byte... classes) {
        requireVoxels(title, classes.length);
        layers.put(title, classes);
        return this;
    }

    /**
     * Adds a map.
     *
     * @param title what it is
     * @param values of each voxel, (x, y, z) in C order, at least 0; handed on, not copied
     * @return this picture
     * @throws IllegalArgumentException if there are more or fewer values than voxels
     */
    public CasePicture addHeat(String title, float... values) {
        requireVoxels(title, values.length);
        heats.put(title, values);
        return this;
    }

    /**
     * Adds the maps of where a network is unsure that there are.
     *
     * @param entropy of its probabilities, see {@link #addHeat}
     * @param disagreement of its branches
     * @return this picture
     * @throws IllegalArgumentException if one has more or fewer values than voxels
     */
    public CasePicture addUncertainty(Optional<float[]> entropy, Optional<float[]> disagreement) {
        entropy.ifPresent(map -> addHeat("entropy", map));
        disagreement.ifPresent(map -> addHeat("disagreement", map));
        return this;
    }

    private void requireVoxels(String title, int got) {
        if (got != whole.voxels()) {
            throw new IllegalArgumentException(
                    "%s: expected %d voxels, got %d".formatted(title, whole.voxels(), got));
        }
    }

    /**
     * Draws the picture.
     *
     * @return the picture; its size depends on the number of regions and maps
     */
    public BufferedImage render() {
        Modality first = ground(description.regions().get(0));
        PictureGrid grid = whole.within(image(first));
        List<Swatch> tissues = Swatch.ofClasses(description);
        List<List<Panel>> rows = new ArrayList<>();
        for (Region region : description.regions()) {
            row(grid, region, tissues).ifPresent(rows::add);
        }
        if (rows.isEmpty()) {
            rows.add(panels(middle(grid), first, "nothing found", tissues));
        }
        List<Swatch> legend = new ArrayList<>(tissues);
        if (!heats.isEmpty()) {
            List<PlaneSlice> through =
                    slices(grid, description.regions().get(0)).orElseGet(() -> middle(grid));
            HeatRow row = new HeatRow(first, image(first), layers, style);
            heats.forEach((title, values) -> rows.add(row.panels(through, title, values)));
            row.difference().ifPresent(legend::add);
        }
        return new PanelSheet(name, "each region where most of it lies", legend, rows).render();
    }

    /**
     * Writes the picture as PNG.
     *
     * @param file the file to write or replace
     * @throws UserInputException if it cannot be written
     */
    public void write(Path file) {
        PngFile.write(render(), file);
    }

    /** On which image a region is seen best: of BraTS the core where contrast medium goes. */
    private Modality ground(Region region) {
        boolean core =
                description.kind() == DatasetKind.BRATS
                        && !region.equals(description.regions().get(0));
        Modality wanted = core ? Brats.T1CE : description.modalities().get(0);
        return present.contains(wanted)
                ? wanted
                : description.modalities().stream()
                        .filter(present::contains)
                        .findFirst()
                        .orElseThrow();
    }

    private float[] image(Modality modality) {
        return known.computeIfAbsent(modality, images);
    }

    private Optional<List<Panel>> row(PictureGrid grid, Region region, List<Swatch> tissues) {
        return slices(grid, region)
                .map(some -> panels(some, ground(region), "most of " + region, tissues));
    }

    /** The planes worth showing, each through most of a region; empty where there is none of it. */
    private Optional<List<PlaneSlice>> slices(PictureGrid grid, Region region) {
        boolean[] wanted = new boolean[description.labels().classes()];
        region.classes().forEach(index -> wanted[index] = true);
        for (byte[] classes : layers.values()) {
            List<PlaneSlice> found = new ArrayList<>();
            for (Plane plane : planes(grid)) {
                OptionalInt index = plane.most(grid, classes, wanted);
                index.ifPresent(at -> found.add(new PlaneSlice(grid, plane, at)));
            }
            if (!found.isEmpty()) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private static List<PlaneSlice> middle(PictureGrid grid) {
        return planes(grid).stream()
                .map(
                        plane ->
                                new PlaneSlice(
                                        grid,
                                        plane,
                                        grid.low(plane.across(grid))
                                                + grid.shown(plane.across(grid)) / 2))
                .toList();
    }

    /** A volume of one slice is shown in its plane alone. */
    private static List<Plane> planes(PictureGrid grid) {
        List<Plane> planes =
                Stream.of(Plane.values())
                        .filter(
                                plane ->
                                        grid.shown(grid.axis(plane.right())) > 1
                                                && grid.shown(grid.axis(plane.down())) > 1)
                        .toList();
        return planes.isEmpty() ? List.of(Plane.AXIAL) : planes;
    }

    private List<Panel> panels(
            List<PlaneSlice> slices, Modality ground, String words, List<Swatch> tissues) {
        List<Panel> panels = new ArrayList<>();
        for (PlaneSlice slice : slices) {
            SlicePainter painter = slice.painter();
            int[] levels = GreyLevels.of(slice.of(image(ground)));
            if (layers.size() == 1) {
                panels.add(new Panel(ground.label(), words, slice.sides(), painter.grey(levels)));
            }
            layers.forEach(
                    (title, classes) ->
                            panels.add(
                                    new Panel(
                                            title,
                                            panels.size() % 2 == 0
                                                    ? words + ", on " + ground.label()
                                                    : slice.words(),
                                            slice.sides(),
                                            painter.overlay(
                                                    levels, slice.of(classes), tissues, style))));
        }
        return panels;
    }
}
