/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import ai.djl.ndarray.types.DataType;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.config.DeviceKind;
import io.github.gssloss.program.model.Devices;
import io.github.gssloss.program.reference.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gss verify}: recomputes reference numbers with this engine on this device. */
@Command(name = "verify", sortOptions = false, showDefaultValues = true)
public final class VerifyCommand implements Callable<Integer> {

    /** Where the program lies: the start script sets it. */
    static final String HOME = "gss.home";

    @Parameters(arity = "0..1", paramLabel = "FILE|FOLDER")
    private Optional<Path> path;

    @Option(names = "--device", paramLabel = "cpu|gpu", defaultValue = "cpu")
    private DeviceKind device;

    @Option(names = "--type", paramLabel = "float64|float32|both", defaultValue = "both")
    private Precision type;

    @Mixin private Console console;

    @Override
    public Integer call() throws IOException {
        Path chosen = path.orElseGet(VerifyCommand::shipped);
        Verification result = Verification.of(chosen, Devices.of(device), type.types);
        result.lines().forEach(console::print);
        return result.passed() ? 0 : 1;
    }

    private static Path shipped() {
        String home = System.getProperty(HOME);
        Path folder = home == null ? null : Path.of(home, "reference");
        if (folder == null || !Files.isDirectory(folder)) {
            String looked = folder == null ? HOME + " is not set" : "nothing at " + folder;
            throw new UserInputException(
                    "reference numbers: expected those that ship with the program, found none ("
                            + looked
                            + "); name a FILE or FOLDER");
        }
        return folder;
    }

    /** The choices of {@code --type}. */
    private enum Precision {
        FLOAT64(DataType.FLOAT64),
        FLOAT32(DataType.FLOAT32),
        BOTH(DataType.FLOAT64, DataType.FLOAT32);

        private final List<DataType> types;

        Precision(DataType... types) {
            this.types = List.of(types);
        }
    }
}
