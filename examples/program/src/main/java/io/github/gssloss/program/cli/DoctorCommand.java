/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.program.config.DeviceKind;
import io.github.gssloss.program.config.Threads;
import io.github.gssloss.program.doctor.Doctor;
import io.github.gssloss.program.doctor.Finding;
import io.github.gssloss.program.tables.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gss doctor}: looks at engine, device and machine, and says what is off. */
@Command(name = "doctor", sortOptions = false, showDefaultValues = true)
public final class DoctorCommand implements Callable<Integer> {

    @Option(names = "--device", paramLabel = "cpu|gpu", defaultValue = "cpu")
    private DeviceKind device;

    @Mixin private Console console;

    @Override
    public Integer call() {
        Threads.set(Optional.empty(), 0);
        Path references = Path.of(System.getProperty(VerifyCommand.HOME, ""), "reference");
        List<Finding> findings = Doctor.examine(device, references);
        Table table = new Table(3, "check", "state", "found");
        findings.forEach(one -> table.add(one.check(), one.state().word(), one.found()));
        table.lines().forEach(console::print);
        findings.stream()
                .filter(one -> one.state() == Finding.State.NOTE)
                .forEach(one -> console.print("note: " + one.check() + ": " + one.advice()));
        return console.exit(
                findings.stream()
                        .filter(one -> one.state() == Finding.State.PROBLEM)
                        .map(DoctorCommand::line)
                        .toList());
    }

    private static String line(Finding problem) {
        String advice = problem.advice().isEmpty() ? "" : "; " + problem.advice();
        return problem.check() + ": " + problem.found() + advice;
    }
}
