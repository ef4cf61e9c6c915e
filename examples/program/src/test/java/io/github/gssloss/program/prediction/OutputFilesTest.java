/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFilesTest {

    @TempDir private Path folder;

    @Test
    void theFormerMapsGoWithTheFormerSegmentation() throws IOException {
        Path out = Files.createDirectory(folder.resolve("out"));
        Path map = Files.writeString(out.resolve("a_entropy.nii.gz"), "a map");
        Path another = Files.writeString(out.resolve("b_entropy.nii.gz"), "of another case");
        Files.writeString(
                out.resolve("a.yaml"), "key: k\nmaps: [a_entropy.nii.gz, b_entropy.nii.gz]\n");

        new OutputFiles(out.resolve("a.nii.gz")).removeFormer();

        assertThat(map).doesNotExist();
        assertThat(another).exists();
    }

    /** The folder may have come from somebody else, whose folder {@code a_} leads out of it. */
    @Test
    void aRecordRemovesNothingOutsideItsFolder() throws IOException {
        Path out = Files.createDirectory(folder.resolve("out"));
        Files.createDirectory(out.resolve("a_"));
        Path outside = Files.writeString(folder.resolve("thesis.txt"), "three years");
        Path inside = Files.writeString(out.resolve("b.nii.gz"), "of another case");
        Files.writeString(
                out.resolve("a.yaml"),
                "key: k\nmaps: [a_/../../thesis.txt, a_/../b.nii.gz, 'a_\\..\\..\\thesis.txt']\n");

        new OutputFiles(out.resolve("a.nii.gz")).removeFormer();

        assertThat(outside).exists();
        assertThat(inside).exists();
    }
}
