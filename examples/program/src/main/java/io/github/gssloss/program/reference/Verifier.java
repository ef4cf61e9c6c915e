/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.reference;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.reference.Verification.FileResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Recomputes reference files. Their kind follows from their arrays, never from their names. */
public final class Verifier {

    /** Every kind that is known; the first that matches a file takes it. */
    private static final List<Reference> KINDS =
            List.of(
                    new PaperReference(),
                    new ReleasedReference(),
                    new NetworkReference.OfRfNet(),
                    new NetworkReference.OfMmFormer());

    private Verifier() {}

    /**
     * Recomputes every array of a reference file, or of each in a folder, ordered by name.
     *
     * @param path an {@code .npz} file, or a folder of such files
     * @param device the device to compute on
     * @param types the types to compute the method in, float64 and float32; networks are always
     *     computed in float32
     * @return the deviations
     * @throws UserInputException if there is no file, or one is damaged, of no known kind, lacks an
     *     array, or has arrays that do not fit each other; the message names file and array
     * @throws IOException if the folder cannot be listed
     */
    public static Verification verify(Path path, Device device, List<DataType> types)
            throws IOException {
        List<FileResult> results = new ArrayList<>();
        for (Path file : files(path)) {
            try (NDManager manager = NDManager.newBaseManager(device)) {
                ReferenceArrays arrays = ReferenceArrays.read(manager, file);
                List<Deviation> deviations = kind(arrays).compare(arrays, types);
                results.add(new FileResult(file.toFile().getName(), deviations));
            }
        }
        return new Verification(device, results);
    }

    private static Reference kind(ReferenceArrays arrays) {
        return KINDS.stream()
                .filter(kind -> kind.matches(arrays))
                .findFirst()
                .orElseThrow(() -> unsupported(arrays));
    }

    private static UserInputException unsupported(ReferenceArrays arrays) {
        return new UserInputException(
                arrays.file()
                        + ": expected a reference of a supported kind: "
                        + kinds()
                        + "; got the arrays "
                        + arrays.found());
    }

    private static String kinds() {
        return KINDS.stream().map(Reference::description).collect(Collectors.joining(", "));
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> entries = Files.list(path)) {
            List<Path> files =
                    entries.filter(file -> file.toString().endsWith(".npz")).sorted().toList();
            if (files.isEmpty()) {
                throw new UserInputException(path + ": expected .npz files in it, found none");
            }
            return files;
        }
    }
}
