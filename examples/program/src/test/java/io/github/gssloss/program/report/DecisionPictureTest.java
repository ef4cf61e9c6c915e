/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.Decision;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.measure.EvaluationCase;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionPictureTest {

    private static final int WIDTH = 8;
    private static final int HEIGHT = 10;
    private static final int DEPTH = 3;
    private static final int PLANE = WIDTH * HEIGHT;

    /** Oedema in the left half of the middle slice. */
    private record HalfCase() implements EvaluationCase {

        @Override
        public String name() {
            return "half";
        }

        @Override
        public int[] shape() {
            return new int[] {WIDTH, HEIGHT, DEPTH};
        }

        @Override
        public float[] images() {
            float[] images = new float[4 * PLANE * DEPTH];
            for (int i = 0; i < images.length; i++) {
                images[i] = i % 7;
            }
            return images;
        }

        @Override
        public byte[] labels() {
            byte[] labels = new byte[PLANE * DEPTH];
            for (int x = 0; x < WIDTH / 2; x++) {
                for (int y = 0; y < HEIGHT; y++) {
                    labels[(x * HEIGHT + y) * DEPTH + 1] = 2;
                }
            }
            return labels;
        }
    }

    @Test
    void everyClassHasItsColumnOfRulesTargetAndTruth(@TempDir Path folder) throws IOException {
        // Class 0 all leaders; 1 members where y = 0; 2 some leaders where x < 2; the rest minimum.
        byte[] decisions = new byte[4 * PLANE];
        float[] target = new float[4 * PLANE];
        for (int x = 0; x < WIDTH; x++) {
            for (int y = 0; y < HEIGHT; y++) {
                int voxel = x * HEIGHT + y;
                decisions[voxel] = code(Decision.ALL_LEADERS);
                decisions[PLANE + voxel] = code(y == 0 ? Decision.MEMBERS : Decision.MINIMUM);
                decisions[2 * PLANE + voxel] =
                        code(x < 2 ? Decision.SOME_LEADERS : Decision.MINIMUM);
                decisions[3 * PLANE + voxel] = code(Decision.MINIMUM);
                target[voxel] = 0.2f;
                target[2 * PLANE + voxel] = x < 2 ? 0.6f : 0.1f;
            }
        }
        SliceVotes votes = new SliceVotes(1, decisions, target, decided(true));
        Path file = folder.resolve("decisions-half.png");
        picture().write(votes, file);

        BufferedImage sheet = ImageIO.read(file.toFile());
        int column = sheet.getWidth() / 4;
        int row = (sheet.getHeight() - 70) / 3;
        for (int c = 0; c < 4; c++) {
            BufferedImage rules = sheet.getSubimage(c * column, 0, column, row);
            boolean members = count(rules, VoteColours.of(Decision.MEMBERS)) > 4000;
            boolean some = count(rules, VoteColours.of(Decision.SOME_LEADERS)) > 8000;
            boolean all = count(rules, VoteColours.of(Decision.ALL_LEADERS)) > 40_000;
            boolean minimum = count(rules, VoteColours.of(Decision.MINIMUM)) > 40_000;
            assertThat(List.of(all, members, some, minimum))
                    .as("column %d", c)
                    .containsExactly(c == 0, c == 1, c == 2, c > 0);
            BufferedImage heat = sheet.getSubimage(c * column, row, column, row);
            assertThat(count(heat, VoteColours.heat(1)) > 8000).isEqualTo(c == 2);
            assertThat(count(heat, VoteColours.heat(0)) > 40_000).isEqualTo(c == 1 || c == 3);
            BufferedImage truth = sheet.getSubimage(c * column, 2 * row, column, row);
            Color oedema = Swatch.ofClasses(Brats.BRATS2020).get(1).colour();
            assertThat(count(truth, oedema) > 500).isEqualTo(c == 0 || c == 2);
        }
    }

    @Test
    void votesThatAreNoNumbersAreDrawn() {
        float[] target = new float[4 * PLANE];
        Arrays.fill(target, Float.NaN);
        target[3] = Float.POSITIVE_INFINITY;
        SliceVotes votes = new SliceVotes(1, new byte[4 * PLANE], target, decided(false));

        assertThat(picture().render(votes).getWidth()).isGreaterThan(4 * 250);
    }

    @Test
    void theLegendNamesWhatIsThere() {
        SliceVotes decided = votes(Decision.MINIMUM, true);
        AxialSlice slice = new AxialSlice(new HalfCase().shape(), 1);
        assertThat(new VoteColours(decided, slice).legend())
                .extracting(Swatch::label)
                .containsExactly(
                        "ALL_LEADERS",
                        "SOME_LEADERS",
                        "MEMBERS",
                        "MINIMUM",
                        "target 0.250",
                        "target 0.250");
        SliceVotes undecided = votes(Decision.NO_MODALITY, false);
        VoteColours colours = new VoteColours(undecided, slice);
        assertThat(colours.legend())
                .extracting(Swatch::label)
                .startsWith("NO_MODALITY", "ALL_LEADERS")
                .contains("undecided");
        assertThat(colours.decision(3, 5)).isEqualTo(VoteColours.UNDECIDED);
    }

    @Test
    void sharesCountTheVoxelsOfTheClass() {
        byte[] decisions = new byte[PLANE];
        Arrays.fill(decisions, 0, 30, code(Decision.ALL_LEADERS));
        Arrays.fill(decisions, 30, 40, code(Decision.MEMBERS));
        Arrays.fill(decisions, 40, PLANE, code(Decision.MINIMUM));
        SliceVotes votes = new SliceVotes(0, decisions, new float[PLANE], decided(true));
        int[] voxels = new int[50];
        Arrays.setAll(voxels, i -> i);
        assertThat(DecisionPicture.shares(votes, 0, voxels))
                .isEqualTo("all 60 %, members 20 %, minimum 20 %");
        assertThat(DecisionPicture.shares(votes, 0, new int[] {7})).isEqualTo("all 100 %");
        assertThat(DecisionPicture.shares(votes, 0, new int[0])).isEqualTo("not in this slice");
    }

    @Test
    void theSliceIsTheOneWithTheMostTumour() {
        HalfCase half = new HalfCase();
        assertThat(DecisionPicture.slice(half.shape(), half.labels())).isEqualTo(1);
    }

    @Test
    void refusesVotesOfSomethingElse() {
        SliceVotes threeClasses =
                new SliceVotes(0, new byte[3 * PLANE], new float[3 * PLANE], decided(true));
        refuses(
                () -> picture().render(threeClasses),
                "votes: expected 4 classes of 80 voxels, got 3 of 80");
        SliceVotes small = new SliceVotes(0, new byte[4], new float[4], new boolean[1]);
        refuses(
                () -> picture().render(small),
                "votes: expected 4 classes of 80 voxels, got 4 of 1");
        refuses(
                () -> new DecisionPicture(new HalfCase(), Brats.BRATS2020, ClassGroups.brats2015()),
                "groups: expected leaders of 4 classes as brats2020 has, got 5");
        refuses(
                () -> new SliceVotes(0, new byte[3], new float[4], new boolean[1]),
                "decisions: expected 4 as the target has values, got 3");
        refuses(
                () -> new SliceVotes(0, new byte[4], new float[4], new boolean[3]),
                "target: expected a plane of 3 voxels for every class, got 4 values");
    }

    @Test
    void heatGrowsFromDarkToLight() {
        double before = -1;
        for (int i = 0; i <= 20; i++) {
            Color colour = VoteColours.heat(i / 20.0);
            double light =
                    0.2126 * colour.getRed()
                            + 0.7152 * colour.getGreen()
                            + 0.0722 * colour.getBlue();
            assertThat(light).isGreaterThan(before);
            before = light;
        }
        assertThat(VoteColours.heat(-3)).isEqualTo(VoteColours.heat(0));
        assertThat(VoteColours.heat(7)).isEqualTo(VoteColours.heat(1));
    }

    private static void refuses(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static DecisionPicture picture() {
        return new DecisionPicture(new HalfCase(), Brats.BRATS2020, ClassGroups.brats2020());
    }

    private static SliceVotes votes(Decision decision, boolean decided) {
        byte[] decisions = new byte[4 * PLANE];
        Arrays.fill(decisions, code(decision));
        float[] target = new float[4 * PLANE];
        Arrays.fill(target, 0.25f);
        return new SliceVotes(1, decisions, target, decided(decided));
    }

    private static boolean[] decided(boolean value) {
        boolean[] decided = new boolean[PLANE];
        Arrays.fill(decided, value);
        return decided;
    }

    private static byte code(Decision decision) {
        return (byte) decision.code();
    }

    private static int count(BufferedImage picture, Color colour) {
        int count = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                count += picture.getRGB(x, y) == colour.getRGB() ? 1 : 0;
            }
        }
        return count;
    }
}
