/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was computed for a reference file, by the names of its arrays. A file need not have all of
 * them.
 */
final class ComputedArrays {

    /** An array and how it is measured. */
    private record Computed(NDArray array, Measure measure, double tolerance) {}

    private final ReferenceArrays arrays;
    private final Map<String, Computed> computed = new LinkedHashMap<>();

    ComputedArrays(ReferenceArrays arrays) {
        this.arrays = arrays;
    }

    void add(String name, NDArray array, Measure measure, double tolerance) {
        computed.put(name, new Computed(array, measure, tolerance));
    }

    /**
     * Compares the arrays of a file.
     *
     * @param type the type they were computed in
     * @param prefixes what the names of all arrays begin with that come out, not in
     * @throws io.github.gssloss.files.UserInputException if the file has an array of such a name
     *     that is not known, or one of another shape
     */
    List<Deviation> compare(DataType type, String... prefixes) {
        List<Deviation> deviations = new ArrayList<>();
        for (NDArray expected : arrays.arrays()) {
            String name = expected.getName();
            Computed actual = computed.get(name);
            if (actual != null) {
                deviations.add(
                        Deviation.of(
                                arrays,
                                name,
                                actual.array(),
                                type,
                                actual.measure(),
                                actual.tolerance()));
            } else if (List.of(prefixes).stream().anyMatch(name::startsWith)) {
                throw arrays.wrong(name, "expected an array that this kind of reference has");
            }
        }
        return deviations;
    }
}
