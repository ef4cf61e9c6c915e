/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.doctor;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import io.github.gssloss.program.reference.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A few of the reference numbers, recomputed on a device in float32.
 *
 * @param folder the reference files that ship with the program
 */
record NumbersCheck(Path folder) {

    private static final List<DataType> FLOAT32 = List.of(DataType.FLOAT32);
    private static final double NANOSECONDS = 1e9;

    /** Small files: one of the method's arithmetic, one of a network with its convolutions. */
    private static final String METHOD = "gss-paper-2d-3leaders.npz";

    private static final String NETWORK = "rfnet-zeros.npz";

    List<Finding> findings(Device device) {
        return List.of(
                check("numbers", METHOD, device, "reinstall the program, or report this"),
                check("network", NETWORK, device, network(device)));
    }

    /** Convolutions on a GPU may round their factors, which is no error of the program's. */
    private static String network(Device device) {
        return device.isGpu()
                ? "NVIDIA_TF32_OVERRIDE=0 before the command shows whether TF32 is all"
                : "reinstall the program, or report this";
    }

    private Finding check(String name, String file, Device device, String advice) {
        Path reference = folder.resolve(file);
        if (!Files.isRegularFile(reference)) {
            return Finding.note(
                    name, "no " + reference, "gss verify FILE recomputes a file of your own");
        }
        long begun = System.nanoTime();
        try {
            Verification result = Verification.of(reference, device, FLOAT32);
            List<String> lines = result.lines();
            String found =
                    String.format(
                            Locale.ROOT,
                            "%s: %s (%.1f s)",
                            file,
                            lines.get(lines.size() - 1),
                            (System.nanoTime() - begun) / NANOSECONDS);
            if (result.passed()) {
                return Finding.ok(name, found);
            }
            return name.equals("network") && device.isGpu()
                    ? Finding.note(name, found, advice)
                    : Finding.problem(name, found, advice + ": gss verify shows all numbers");
        } catch (IOException | RuntimeException | LinkageError e) {
            // Whatever an engine or a driver throws is what this check is for.
            return Finding.problem(name, Finding.message(e), "report this line");
        }
    }
}
