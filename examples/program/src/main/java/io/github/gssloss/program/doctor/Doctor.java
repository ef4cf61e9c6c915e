/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.doctor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.util.Utils;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.files.CacheFolder;
import io.github.gssloss.program.config.DeviceKind;
import io.github.gssloss.program.config.ProgramVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at this machine and this process: can networks be trained here, and how well? */
public final class Doctor {

    private static final String FAILURE = "gss --stacktrace verify shows where";

    private final DeviceKind kind;
    private final Path references;
    private final Map<String, String> environment = System.getenv();
    private final List<Finding> findings = new ArrayList<>();

    private Doctor(DeviceKind kind, Path references) {
        this.kind = kind;
        this.references = references;
    }

    /**
     * Looks at everything, and computes a few reference numbers. Starts DJL's engine.
     *
     * @param kind the device that networks are to run on
     * @param references the folder of the reference files that ship with the program; where it
     *     lacks one a finding says so
     * @return what was found, in the order to be read
     */
    public static List<Finding> examine(DeviceKind kind, Path references) {
        Doctor doctor = new Doctor(kind, references);
        doctor.examine();
        return List.copyOf(doctor.findings);
    }

    private void examine() {
        findings.add(
                Finding.ok(
                        "program",
                        "gss %s (commit %s)"
                                .formatted(ProgramVersion.version(), ProgramVersion.commit())));
        findings.add(Finding.ok("Java", java()));
        boolean started = engine();
        findings.add(Finding.ok("distillation on a CPU", GroupDistillation.cpuPath()));
        findings.addAll(ProcessFacts.ofThis().findings());
        findings.add(
                FolderFacts.of("cache", CacheFolder.standard(), "JAVA_OPTS=-Dgss.cache=FOLDER"));
        findings.add(FolderFacts.of("DJL's cache", Utils.getCacheDir(), "DJL_CACHE_DIR=FOLDER"));
        if (started) {
            Device device = kind == DeviceKind.CPU ? Device.cpu() : Device.gpu();
            findings.addAll(new NumbersCheck(references).findings(device));
        }
    }

    private static String java() {
        return "%s (%s) in %s; %s %s %s"
                .formatted(
                        System.getProperty("java.version"),
                        System.getProperty("java.vendor"),
                        System.getProperty("java.home"),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch"));
    }

    /** Whether there is an engine with the device. */
    private boolean engine() {
        Natives natives;
        try {
            natives = Natives.find(environment);
        } catch (RuntimeException e) {
            // DJL finds natives for this system nowhere, or for another version.
            findings.add(Finding.problem("natives", Finding.message(e), FAILURE));
            return false;
        }
        findings.add(Finding.ok("natives", natives.text()));
        int devices;
        try {
            Engine engine = Engine.getInstance();
            devices = engine.getGpuCount();
            findings.add(
                    Finding.ok(
                            "engine",
                            "%s %s, DJL %s"
                                    .formatted(
                                            engine.getEngineName(),
                                            engine.getVersion(),
                                            Engine.getDjlVersion())));
        } catch (RuntimeException | LinkageError e) {
            String why = Finding.message(e);
            if (kind == DeviceKind.CPU) {
                findings.add(Finding.problem("engine", why, FAILURE));
                return false;
            }
            // One line names all that is missing for CUDA, this as well.
            findings.add(Finding.note("engine", "did not start", FAILURE));
            return device(natives, 0, Optional.of(why));
        }
        List<String> loaded = Natives.loaded("libtorch", "libdjl_torch", "libcudart", "libcudnn");
        if (!loaded.isEmpty()) {
            findings.add(Finding.ok("loaded", String.join(" ", loaded)));
        }
        return device(natives, devices, Optional.empty());
    }

    private boolean device(Natives natives, int devices, Optional<String> failure) {
        CudaFacts cuda = CudaFacts.find(devices, environment);
        if (kind == DeviceKind.CPU) {
            String others = devices == 0 ? "; no CUDA device" : "; also " + cuda.text();
            findings.add(Finding.ok("device", "cpu" + others));
            return true;
        }
        List<String> missing = new ArrayList<>(cuda.missing(natives));
        failure.ifPresent(why -> missing.add("natives that load (" + why + ")"));
        if (missing.isEmpty()) {
            findings.add(Finding.ok("device", cuda.text()));
            return true;
        }
        findings.add(
                Finding.problem(
                        "device",
                        "expected a CUDA device for gpu; missing: " + String.join("; ", missing),
                        ""));
        return false;
    }
}
