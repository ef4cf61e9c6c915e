/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Paints a slice at the size of a panel: the image interpolated smoothly, the classes in their
 * voxels' exact borders, half transparent with an opaque outline.
 */
final class SlicePainter {

    /** How much of a voxel's colour is that of its class. */
    private static final double SHARE = 0.51;

    private final int sliceWidth;
    private final int sliceHeight;
    private final int width;
    private final int height;

    /**
     * Creates the painter.
     *
     * @param sliceWidth voxels of a row
     * @param sliceHeight rows
     * @param longerSide pixels of the longer side of the panel
     */
    SlicePainter(int sliceWidth, int sliceHeight, int longerSide) {
        this(
                sliceWidth,
                sliceHeight,
                scaled(sliceWidth, Math.max(sliceWidth, sliceHeight), longerSide),
                scaled(sliceHeight, Math.max(sliceWidth, sliceHeight), longerSide));
    }

    /**
     * Creates the painter of slices whose voxels need not be squares.
     *
     * @param sliceWidth voxels of a row
     * @param sliceHeight rows
     * @param width pixels of the panel
     * @param height rows of pixels
     */
    SlicePainter(int sliceWidth, int sliceHeight, int width, int height) {
        this.sliceWidth = sliceWidth;
        this.sliceHeight = sliceHeight;
        this.width = width;
        this.height = height;
    }

    private static int scaled(int voxels, int longest, int pixels) {
        return (int) Math.max(1, Math.round((double) pixels / longest * voxels));
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Returns a picture of grey levels from 0 to 255. */
    BufferedImage grey(int[] levels) {
        BufferedImage small =
                new BufferedImage(sliceWidth, sliceHeight, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < levels.length; i++) {
            small.setRGB(i % sliceWidth, i / sliceWidth, levels[i] * 0x010101);
        }
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(small, 0, 0, width, height, null);
        graphics.dispose();
        return picture;
    }

    /** Returns the picture of {@link #grey} with the classes over it. */
    BufferedImage overlay(int[] levels, byte[] classes, List<Swatch> tissues, PictureStyle style) {
        BufferedImage picture = grey(levels);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int classIndex = classAt(classes, x, y);
                // Below 0: nobody labelled it.
                if (classIndex > 0) {
                    Color below = new Color(picture.getRGB(x, y));
                    Color over = tissues.get(classIndex - 1).colour();
                    double share = share(classes, x, y, style);
                    picture.setRGB(x, y, ChartColours.blend(below, over, share).getRGB());
                }
            }
        }
        return picture;
    }

    /** How much of a pixel's colour is that of its class. */
    private double share(byte[] classes, int x, int y, PictureStyle style) {
        return switch (style) {
            case FILLS -> onBorder(classes, x, y) ? 1 : SHARE;
            case CONTOURS -> nearBorder(classes, x, y) ? 1 : 0;
        };
    }

    /** An outline of two pixels: alone, one is hardly seen. */
    private boolean nearBorder(byte[] classes, int x, int y) {
        int here = classAt(classes, x, y);
        for (int dx = -1; dx <= 1; dx++) {
            for (int dy = -1; dy <= 1; dy++) {
                boolean same = classAt(classes, x + dx, y + dy) == here;
                if (!same || onBorder(classes, x + dx, y + dy)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns the picture of {@link #grey} with the colours of a map over it. */
    BufferedImage heat(int[] levels, float[] values, HeatScale scale) {
        BufferedImage picture = grey(levels);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                Optional<Color> colour = scale.colour(values[voxelAt(x, y)]);
                if (colour.isPresent()) {
                    picture.setRGB(x, y, colour.get().getRGB());
                }
            }
        }
        return picture;
    }

    /** Returns a picture with every voxel in a colour of its own, its borders exact. */
    BufferedImage colours(IntFunction<Color> colourOf) {
        int[] colours = new int[sliceWidth * sliceHeight];
        Arrays.setAll(colours, voxel -> colourOf.apply(voxel).getRGB());
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, colours[voxelAt(x, y)]);
            }
        }
        return picture;
    }

    /**
     * Draws the outline of the voxels of a class into a picture of this painter: white within,
     * black around it, so that it is seen on any ground.
     */
    void outline(BufferedImage picture, byte[] classes, int classIndex) {
        byte[] inside = new byte[classes.length];
        for (int voxel = 0; voxel < classes.length; voxel++) {
            inside[voxel] = (byte) (classes[voxel] == classIndex ? 1 : 0);
        }
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (onBorder(inside, x, y)) {
                    boolean within = inside[voxelAt(x, y)] == 1;
                    picture.setRGB(x, y, (within ? Color.WHITE : Color.BLACK).getRGB());
                }
            }
        }
    }

    private boolean onBorder(byte[] classes, int x, int y) {
        int here = classAt(classes, x, y);
        return here != classAt(classes, x - 1, y)
                || here != classAt(classes, x + 1, y)
                || here != classAt(classes, x, y - 1)
                || here != classAt(classes, x, y + 1);
    }

    /** The class of the voxel below a pixel; 0 outside. */
    private int classAt(byte[] classes, int x, int y) {
        if (x < 0 || y < 0 || x >= width || y >= height) {
            return 0;
        }
        return classes[voxelAt(x, y)];
    }

    private int voxelAt(int x, int y) {
        return y * sliceHeight / height * sliceWidth + x * sliceWidth / width;
    }
}
