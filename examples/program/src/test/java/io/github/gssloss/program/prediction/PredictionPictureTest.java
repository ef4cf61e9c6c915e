/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.segment.Cleaning;
import io.github.gssloss.imaging.segment.PredictionFile.MapType;
import io.github.gssloss.imaging.segment.WindowUse;
import io.github.gssloss.program.PlainPrediction;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.TinyRun;
import io.github.gssloss.program.report.PictureStyle;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunWeights;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The picture beside a segmentation. */
class PredictionPictureTest {

    @TempDir private Path folder;

    /** Those of an earlier prediction would be taken for the new one's. */
    @Test
    void aPictureGoesWithItsPrediction() throws IOException {
        Path subject = NoiseSubject.write(folder);
        RunFolder run = TinyRun.create(folder.resolve("run"), 5, Map.of());
        Path out = folder.resolve("drawn.nii.gz");
        PredictionSettings maps =
                new PredictionSettings(
                        Optional.empty(),
                        Optional.empty(),
                        WindowUse.PLAIN,
                        Optional.of(MapType.FLOAT32),
                        true,
                        true,
                        new Cleaning(List.of()));
        List<RunWeights> weights = List.of(RunWeights.of(run, Optional.empty()));
        PredictionRun prediction = new PredictionRun(weights, maps, new Silent());
        prediction.withPictures(Optional.of(PictureStyle.CONTOURS)).predict(subject, out, false);

        Path picture = folder.resolve("drawn_planes.png");
        BufferedImage drawn = ImageIO.read(picture.toFile());
        assertThat(folder.resolve("drawn.yaml"))
                .content()
                .contains("pictures:\n- \"drawn_planes.png\"\n");
        byte[] segmented = Files.readAllBytes(out);

        prediction.predict(subject, out, true);
        assertThat(picture).doesNotExist();
        assertThat(out).hasBinaryContent(segmented);
        assertThat(folder.resolve("drawn.yaml")).content().doesNotContain("pictures");

        Files.writeString(picture, "mine");
        PredictionRun again = prediction.withPictures(Optional.of(PictureStyle.FILLS));
        Path other = folder.resolve("other.nii.gz");
        again.predict(subject, other, false);
        assertThat(ImageIO.read(folder.resolve("other_planes.png").toFile()).getHeight())
                .isEqualTo(drawn.getHeight());
        assertThat(picture).hasContent("mine");
        Files.delete(out);
        Files.delete(folder.resolve("drawn.yaml"));
        PredictionRun plain =
                new PredictionRun(weights, PlainPrediction.SETTINGS, new Silent())
                        .withPictures(Optional.of(PictureStyle.FILLS));
        plain.predict(subject, folder.resolve("bare.nii.gz"), false);
        // Entropy and disagreement have a row each.
        assertThat(drawn.getHeight())
                .isGreaterThan(
                        ImageIO.read(folder.resolve("bare_planes.png").toFile()).getHeight()
                                + 2 * 290);
        assertThatThrownBy(() -> plain.predict(subject, out, false))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "prediction %s: expected a new file, this one exists; --overwrite replaces it"
                                .formatted(picture));
    }
}
