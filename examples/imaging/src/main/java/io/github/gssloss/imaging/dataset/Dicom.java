/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Recognises DICOM, which is not read here, so that its user is told what to do. */
public final class Dicom {

    /** A series lies one or two folders below a patient's. */
    private static final int DEPTH = 4;

    /** Enough to meet the first file of a series. */
    private static final int MOST_FILES = 200;

    private static final int PREAMBLE = 128;
    private static final byte[] MAGIC = "DICM".getBytes(StandardCharsets.US_ASCII);

    private Dicom() {}

    /**
     * Looks for DICOM in a file or folder.
     *
     * @param place the file, or a folder whose files and folders are looked through
     * @return advice in one line where there is a DICOM file and no NIfTI file; else empty
     */
    public static Optional<String> advice(Path place) {
        try (Stream<Path> files = Files.walk(place, DEPTH)) {
            List<Path> known =
                    files.filter(Files::isRegularFile)
                            .limit(MOST_FILES)
                            .filter(one -> NamedFile.isNifti(one) || isDicom(one))
                            .toList();
            return known.stream().anyMatch(NamedFile::isNifti)
                    ? Optional.empty()
                    : known.stream().findFirst().map(one -> advice(place, one));
        } catch (IOException | UncheckedIOException e) {
            // What cannot be read is not told apart; others say that it cannot be read.
            return Optional.empty();
        }
    }

    private static String advice(Path place, Path found) {
        return ("%s: expected NIfTI files, got DICOM (%s): convert each series, for example with"
                        + " dcm2niix -z y, and name the files by case and modality")
                .formatted(place, NamedFile.fileName(found));
    }

    /**
     * Throws where a place holds DICOM and no NIfTI file.
     *
     * @param place a file or folder
     * @throws UserInputException with the advice
     */
    public static void refuse(Path place) {
        advice(place)
                .ifPresent(
                        line -> {
                            throw new UserInputException(line);
                        });
    }

    private static boolean isDicom(Path file) {
        String name = NamedFile.fileName(file).toLowerCase(Locale.ROOT);
        if (name.endsWith(".dcm") || name.equals("dicomdir")) {
            return true;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] begin = in.readNBytes(PREAMBLE + MAGIC.length);
            return begin.length == PREAMBLE + MAGIC.length
                    && Arrays.equals(begin, PREAMBLE, begin.length, MAGIC, 0, MAGIC.length);
        } catch (IOException e) {
            return false;
        }
    }
}
