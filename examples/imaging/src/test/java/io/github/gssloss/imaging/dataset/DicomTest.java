/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DicomTest {

    @TempDir private Path folder;

    @Test
    void dicomIsKnownByItsNameOrItsBytes() throws IOException {
        assertThat(Dicom.advice(folder)).isEmpty();
        Files.writeString(folder.resolve("notes.txt"), "DICM");
        assertThat(Dicom.advice(folder)).isEmpty();
        Path series = Files.createDirectories(folder.resolve("P1/T2"));
        byte[] bytes = new byte[200];
        System.arraycopy("DICM".getBytes(StandardCharsets.US_ASCII), 0, bytes, 128, 4);
        Path nameless = Files.write(series.resolve("IM0001"), bytes);
        assertThat(Dicom.advice(folder))
                .contains(
                        folder
                                + ": expected NIfTI files, got DICOM (IM0001): convert each series,"
                                + " for example with dcm2niix -z y, and name the files by case and"
                                + " modality");
        Files.move(nameless, series.resolve("1.DCM"));
        Files.write(series.resolve("1.DCM"), new byte[3]);
        assertThat(Dicom.advice(series.resolve("1.DCM"))).isPresent();
        assertThat(Dicom.advice(folder)).isPresent();
    }

    /** Whoever has both has converted his files. */
    @Test
    void besideNiftiItDoesNotMatter() throws IOException {
        Files.write(folder.resolve("b.dcm"), new byte[3]);
        assertThat(Dicom.advice(folder)).isPresent();
        Files.write(folder.resolve("a.nii.gz"), new byte[3]);
        assertThat(Dicom.advice(folder)).isEmpty();
    }
}
