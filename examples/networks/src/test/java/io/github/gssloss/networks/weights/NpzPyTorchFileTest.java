/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Weights that are in a file of PyTorch. */
class NpzPyTorchFileTest extends NpzFileFixture {

    private static final String PYTORCH =
            ": expected an .npz archive, got a checkpoint of PyTorch; the lines of Python that"
                    + " convert it are in examples/program/docs/training.md under"
                    + " \"weights from PyTorch\"";

    /** Inputs {@code model_last.pth}, {@code state.pt} and {@code model_last.npz}. */
    @Test
    void aCheckpointOfPyTorchIsNamedAsSuch() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            zip.write(new byte[] {(byte) 0x80, 2, '.'});
        }

        refuses(PYTORCH);
    }

    /** Input {@code legacy.pth}. */
    @Test
    void anOldCheckpointOfPyTorchIsNamedAsSuch() throws IOException {
        Files.write(file, new byte[] {(byte) 0x80, 2, '}', '.'});

        refuses(PYTORCH);
    }

    @Test
    void aTorchScriptNetworkIsNamedAsSuch() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("net/data.pkl"));
            zip.putNextEntry(new ZipEntry("net/constants.pkl"));
        }

        refuses(": expected an .npz archive of weights, got a TorchScript network");
    }
}
