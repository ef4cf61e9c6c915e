/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.reference;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.github.gssloss.files.Counted;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.tables.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What came out of reference files. Their kind follows from their arrays, not from their names. */
public final class Verification {

    /** Every kind that is known; the first that matches a file takes it. */
    private static final List<Kind> KINDS =
            List.of(
                    new Kind(
                            "the paper's rules (kl_forward)",
                            arrays -> arrays.has("kl_forward"),
                            MethodReference::ofPaper),
                    new Kind(
                            "the released rules (loss without leads)",
                            arrays -> arrays.has("loss") && !arrays.has("leads"),
                            MethodReference::ofReleasedCode),
                    new Kind(
                            "Gaussians of U-HVED (block with kl_prior)",
                            arrays -> arrays.has("block") && arrays.has("kl_prior"),
                            GaussianReference::of),
                    new Kind(
                            "U-HVED (w/... with meta/network 2)",
                            arrays -> NetworkReference.isNumbered(arrays, UhvedReference.NUMBER),
                            (arrays, types) -> UhvedReference.of(arrays)),
                    new Kind(
                            "RobustSeg (w/... with meta/network 3)",
                            arrays ->
                                    NetworkReference.isNumbered(arrays, RobustSegReference.NUMBER),
                            (arrays, types) -> RobustSegReference.of(arrays)),
                    new Kind(
                            "RFNet (w/... with meta/heads 0)",
                            arrays -> NetworkReference.hasHeads(arrays, heads -> heads == 0),
                            (arrays, types) -> NetworkReference.ofRfNet(arrays)),
                    new Kind(
                            "mmFormer (w/... with meta/heads 1 or more)",
                            arrays ->
                                    NetworkReference.hasHeads(
                                            arrays, heads -> heads >= 1 && heads % 1 == 0),
                            (arrays, types) -> NetworkReference.ofMmFormer(arrays)));

    private final String where;
    private final List<Deviation> deviations;

    private Verification(String where, List<Deviation> deviations) {
        this.where = where;
        this.deviations = deviations;
    }

    /**
     * A kind of reference file.
     *
     * @param description names the kind and the arrays that it is known by
     * @param matches whether a file is of this kind
     * @param comparison recomputes every array of a file, where the kind leaves a choice in each of
     *     the types
     */
    private record Kind(
            String description,
            Predicate<ReferenceArrays> matches,
            BiFunction<ReferenceArrays, List<DataType>, List<Deviation>> comparison) {}

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
    public static Verification of(Path path, Device device, List<DataType> types)
            throws IOException {
        List<Path> files = files(path);
        List<Deviation> deviations = new ArrayList<>();
        for (Path file : files) {
            try (NDManager manager = NDManager.newBaseManager(device)) {
                ReferenceArrays arrays = ReferenceArrays.read(manager, file);
                deviations.addAll(kind(arrays).comparison().apply(arrays, types));
            }
        }
        String counted = Counted.of(files.size(), "file");
        return new Verification(counted + " on " + device.getDeviceType(), deviations);
    }

    private static Kind kind(ReferenceArrays arrays) {
        return KINDS.stream()
                .filter(kind -> kind.matches().test(arrays))
                .findFirst()
                .orElseThrow(
                        () ->
                                new UserInputException(
                                        ("%s: expected a reference of a supported kind: %s; got the"
                                                        + " arrays %s")
                                                .formatted(
                                                        arrays.file(), kinds(), arrays.found())));
    }

    private static String kinds() {
        return KINDS.stream().map(Kind::description).collect(Collectors.joining(", "));
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

    /**
     * Returns whether every array came out within its tolerance.
     *
     * @return true if none was beyond
     */
    public boolean passed() {
        return deviations.stream().allMatch(Deviation::passed);
    }

    /**
     * Returns the table of deviations, with a last line that sums it up.
     *
     * @return lines of text
     */
    public List<String> lines() {
        Table table =
                new Table(
                        5,
                        List.of("file", "array", "shape", "type"),
                        List.of("measure", "deviation", "tolerance", "verdict"));
        deviations.forEach(deviation -> table.add(deviation.cells()));
        long beyond = deviations.stream().filter(deviation -> !deviation.passed()).count();
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add(
                "relative: largest difference over the largest absolute value of the reference;"
                        + " absolute: largest difference; differ: values that are not equal");
        lines.add(
                "%s%d comparisons of %s are %s tolerance."
                        .formatted(
                                passed() ? "All " : beyond + " of ",
                                deviations.size(),
                                where,
                                passed() ? "within" : "beyond"));
        return lines;
    }
}
