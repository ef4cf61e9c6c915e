/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.weights;

import ai.djl.nn.Block;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.files.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Writes a TorchScript network as PyTorch does, with its weights and whatever else it keeps. DJL
 * writes the same bytes, behind a version and their number.
 */
public final class TorchScriptFile {

    private static final int VERSION_BYTES = 1;
    private static final int HEADER_BYTES = VERSION_BYTES + Long.BYTES;

    private TorchScriptFile() {}

    /**
     * Writes a network aside and then gives the file its name, so that what stands under that name
     * is always whole.
     *
     * @param script the network
     * @param file the file to write or to replace, in an existing folder
     * @throws UserInputException if it cannot be written
     */
    public static void save(Block script, Path file) {
        try {
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            script.saveParameters(new DataOutputStream(written));
            byte[] bytes = written.toByteArray();
            long size = ByteBuffer.wrap(bytes).getLong(VERSION_BYTES);
            if (size != bytes.length - HEADER_BYTES) {
                throw new IllegalStateException(
                        "DJL wrote a network of %d bytes in %d: expected %d before it"
                                .formatted(size, bytes.length, HEADER_BYTES));
            }
            WholeFile.write(file, out -> out.write(bytes, HEADER_BYTES, Math.toIntExact(size)));
        } catch (IOException e) {
            throw new UserInputException(file + ": cannot be written: " + e, e);
        }
    }
}
