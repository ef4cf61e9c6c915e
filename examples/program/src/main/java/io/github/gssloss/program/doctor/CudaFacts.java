/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.doctor;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import io.github.gssloss.files.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What CUDA needs of a machine.
 *
 * @param driver whether an NVIDIA driver is there
 * @param runtime whether DJL finds CUDA's runtime library; true where that cannot be told
 * @param devices how many devices the engine sees
 * @param visible the variable {@code CUDA_VISIBLE_DEVICES}, if it is set
 */
record CudaFacts(boolean driver, boolean runtime, int devices, Optional<String> visible) {

    private static final Path DRIVER = Path.of("/proc/driver/nvidia");

    /** Any of these says that a driver is there: Linux, Linux on Windows, Windows. */
    private static final List<Path> DRIVERS =
            List.of(
                    Path.of("/dev/nvidiactl"),
                    DRIVER.resolve("version"),
                    Path.of("/usr/lib/wsl/lib/libcuda.so.1"),
                    Path.of("C:\\Windows\\System32\\nvcuda.dll"));

    static CudaFacts find(int devices, Map<String, String> environment) {
        boolean usable = CudaUtils.hasCuda();
        boolean driver = usable || DRIVERS.stream().anyMatch(Files::exists);
        // The question before has loaded the library where it is; only Linux tells what is loaded.
        boolean runtime = usable || !Natives.canList() || !Natives.loaded("libcudart").isEmpty();
        return new CudaFacts(
                driver,
                runtime,
                devices,
                Optional.ofNullable(environment.get("CUDA_VISIBLE_DEVICES")));
    }

    /** What has to come before a network can run on the first CUDA device; empty: nothing. */
    List<String> missing(Natives natives) {
        List<String> missing = new ArrayList<>();
        if (!driver) {
            missing.add("an NVIDIA driver (nvidia-smi shows it)");
        }
        if (!runtime) {
            missing.add("CUDA's runtime library libcudart where the system looks for libraries");
        }
        if (natives.forCpuAlone()) {
            missing.add(
                    natives.onClassPath()
                            ? "CUDA natives of PyTorch (those of the CPU are on the class path and"
                                    + " win: put GSS_DEVICE=gpu before the command)"
                            : "CUDA natives of PyTorch (DJL takes those of the CPU)");
        }
        if (missing.isEmpty() && devices == 0) {
            missing.add(
                    "a device that CUDA shows this process"
                            + visible.map(value -> " (CUDA_VISIBLE_DEVICES is '" + value + "')")
                                    .orElse(""));
        }
        return missing;
    }

    /** The devices, each with what is known of it. */
    String text() {
        List<String> models = models();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < devices; i++) {
            String model = i < models.size() ? models.get(i) : "CUDA device";
            lines.add("gpu(" + i + ") " + model + capability(i));
        }
        return String.join("; ", lines) + driverVersion();
    }

    /** Only told by CUDA's runtime, which DJL may lack although the engine has a device. */
    private static String capability(int device) {
        if (!CudaUtils.hasCuda()) {
            return "";
        }
        return ", compute capability %s, %s, CUDA %s"
                .formatted(
                        CudaUtils.getComputeCapability(device),
                        ByteSize.text(CudaUtils.getGpuMemory(Device.gpu(device)).getMax()),
                        CudaUtils.getCudaVersionString());
    }

    private static String driverVersion() {
        return firstLine(DRIVER.resolve("version"), "NVRM version")
                .map(text -> "; driver " + text)
                .orElse("");
    }

    private static List<String> models() {
        try (Stream<Path> cards = Files.list(DRIVER.resolve("gpus"))) {
            return cards.sorted()
                    .flatMap(card -> firstLine(card.resolve("information"), "Model").stream())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** What stands behind the colon of the first line that begins so. */
    private static Optional<String> firstLine(Path file, String name) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
