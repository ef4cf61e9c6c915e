/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of captioned slices on a dark ground. Every slice has a letter at its left and its right
 * edge: the side of the patient that lies there.
 *
 * @param title stands above them
 * @param subtitle stands at the end of the title's line
 * @param legend what the colours mean
 * @param rows the pictures
 */
record PanelSheet(String title, String subtitle, List<Swatch> legend, List<List<Panel>> rows) {

    static final Color GROUND = new Color(17, 19, 23);
    private static final Color TEXT = new Color(236, 238, 242);
    private static final Color QUIET = new Color(165, 172, 182);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 24);
    private static final Font HEAD = new Font(Font.SANS_SERIF, Font.BOLD, 18);
    private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 16);
    private static final int MARGIN = 24;
    private static final int GAP = 14;

    /** From the edge of a slice to the middle of its letter. */
    private static final int MARK = 12;

    /** Heights of the lines of text, with the room around them. */
    private static final int TITLE_LINE = 44;

    private static final int HEAD_LINE = 30;
    private static final int CAPTION_LINE = 34;
    private static final int LEGEND_LINE = 36;
    private static final int FOOT_LINE = 30;

    private static final String FOOT = "Research software, not a medical device.";

    /**
     * A captioned picture.
     *
     * @param title above the picture
     * @param caption below it, may be empty
     * @param sides the letters at its left and its right edge
     * @param picture the picture
     */
    record Panel(String title, String caption, String sides, BufferedImage picture) {}

    /** The sides of slices whose columns run along the first axis of an orientation as stored. */
    static String sides(String orientation) {
        char right = orientation.charAt(0);
        return "" + PictureGrid.opposite(right) + right;
    }

    BufferedImage render() {
        BufferedImage probe = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        Graphics2D measure = graphics(probe);
        int column = columnWidth(measure);
        int columns = rows.stream().mapToInt(List::size).max().orElseThrow();
        int width = Math.max(columns * (column + GAP) - GAP, textWidth(measure)) + 2 * MARGIN;
        int all = rows.stream().mapToInt(PanelSheet::rowHeight).sum();
        int height = 2 * MARGIN + TITLE_LINE + all + LEGEND_LINE + FOOT_LINE;
        measure.dispose();

        BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = graphics(sheet);
        graphics.setColor(GROUND);
        graphics.fillRect(0, 0, width, height);
        drawTitle(graphics, width - 2 * MARGIN);
        int y = MARGIN + TITLE_LINE;
        for (List<Panel> row : rows) {
            for (int c = 0; c < row.size(); c++) {
                draw(graphics, row.get(c), MARGIN + c * (column + GAP), y, column);
            }
            y += rowHeight(row);
        }
        drawLegend(graphics, height - MARGIN - FOOT_LINE);
        write(graphics, SMALL, QUIET, FOOT, MARGIN, height - MARGIN);
        graphics.dispose();
        return sheet;
    }

    /** The highest picture decides. */
    private static int rowHeight(List<Panel> row) {
        int picture = row.stream().mapToInt(one -> one.picture().getHeight()).max().orElseThrow();
        return HEAD_LINE + picture + CAPTION_LINE;
    }

    /** The widest picture or text decides, so that nothing is cut off. */
    private int columnWidth(Graphics2D graphics) {
        return rows.stream()
                .flatMap(List::stream)
                .flatMapToInt(
                        panel ->
                                IntStream.of(
                                        panel.picture().getWidth(),
                                        graphics.getFontMetrics(HEAD).stringWidth(panel.title()),
                                        graphics.getFontMetrics(SMALL)
                                                .stringWidth(panel.caption())))
                .max()
                .orElseThrow();
    }

    private void drawTitle(Graphics2D graphics, int room) {
        FontMetrics small = graphics.getFontMetrics(SMALL);
        FontMetrics large = graphics.getFontMetrics(TITLE);
        int subtitleWidth = small.stringWidth(subtitle);
        String shown = shortened(title, large, room - subtitleWidth - GAP);
        int baseline = MARGIN + large.getAscent() - 4;
        write(graphics, TITLE, TEXT, shown, MARGIN, baseline);
        write(graphics, SMALL, QUIET, subtitle, MARGIN + room - subtitleWidth, baseline);
    }

    private static String shortened(String text, FontMetrics metrics, int room) {
        String shown = text;
        while (metrics.stringWidth(shown) > room && shown.length() > 2) {
            shown = shown.substring(0, shown.length() - 2) + "\u2026";
        }
        return shown;
    }

    private void draw(Graphics2D graphics, Panel panel, int x, int y, int column) {
        int left = x + (column - panel.picture().getWidth()) / 2;
        int bottom = y + HEAD_LINE + panel.picture().getHeight();
        graphics.drawImage(panel.picture(), left, y + HEAD_LINE, null);
        int middle = y + HEAD_LINE + panel.picture().getHeight() / 2;
        int right = left + panel.picture().getWidth();
        mark(graphics, panel.sides().charAt(0), left + MARK, middle);
        mark(graphics, panel.sides().charAt(1), right - MARK, middle);
        centred(graphics, HEAD, TEXT, panel.title(), x + column / 2, y + HEAD_LINE - 9);
        centred(graphics, SMALL, QUIET, panel.caption(), x + column / 2, bottom + 20);
    }

    /** A letter that is seen on any ground. */
    private static void mark(Graphics2D graphics, char direction, int middle, int baseline) {
        String letter = String.valueOf(direction);
        for (int away = 1; away >= -1; away -= 2) {
            centred(graphics, HEAD, Color.BLACK, letter, middle + away, baseline + away);
            centred(graphics, HEAD, Color.BLACK, letter, middle + away, baseline - away);
        }
        centred(graphics, HEAD, Color.WHITE, letter, middle, baseline);
    }

    private static void centred(
            Graphics2D graphics, Font font, Color colour, String text, int middle, int baseline) {
        int width = graphics.getFontMetrics(font).stringWidth(text);
        write(graphics, font, colour, text, middle - width / 2, baseline);
    }

    private static void write(
            Graphics2D graphics, Font font, Color colour, String text, int x, int baseline) {
        graphics.setFont(font);
        graphics.setColor(colour);
        graphics.drawString(text, x, baseline);
    }

    private int textWidth(Graphics2D graphics) {
        FontMetrics metrics = graphics.getFontMetrics(SMALL);
        int all = legend.stream().mapToInt(t -> metrics.stringWidth(t.label()) + 62).sum();
        return Math.max(all, metrics.stringWidth(FOOT));
    }

    private void drawLegend(Graphics2D graphics, int baseline) {
        int x = MARGIN;
        for (Swatch swatch : legend) {
            graphics.setColor(swatch.colour());
            graphics.fillRect(x, baseline - 15, 18, 18);
            write(graphics, SMALL, TEXT, swatch.label(), x + 28, baseline);
            x += graphics.getFontMetrics().stringWidth(swatch.label()) + 62;
        }
    }

    private static Graphics2D graphics(BufferedImage picture) {
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        return graphics;
    }
}
