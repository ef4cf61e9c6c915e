/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.reference;

import ai.djl.ndarray.types.DataType;
import java.util.List;

/** A kind of reference file: what its arrays are and how they are recomputed. */
interface Reference {

    /** Names the kind and the arrays that tell it, for messages. */
    String description();

    /**
     * Whether a file is of this kind.
     *
     * @param arrays the file
     */
    boolean matches(ReferenceArrays arrays);

    /**
     * Recomputes every array of a file of this kind. All arrays are checked before the first is
     * computed.
     *
     * @param arrays the file, on the device to compute on
     * @param types the types to compute in, where the kind leaves a choice
     * @return one deviation for each array and type
     * @throws io.github.gssloss.files.UserInputException if an array is missing, of another shape
     *     or out of range; the message names it
     */
    List<Deviation> compare(ReferenceArrays arrays, List<DataType> types);
}
