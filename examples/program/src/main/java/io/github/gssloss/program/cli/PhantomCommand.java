/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import ai.djl.util.Progress;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.config.VolumeSize;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code gss phantom}: makes a cohort of artificial brains with tumours. */
@Command(name = "phantom", sortOptions = false, showDefaultValues = true)
public final class PhantomCommand implements Callable<Integer> {

    @Option(names = "--out", paramLabel = "FOLDER", required = true)
    private Path out;

    @Option(names = "--subjects", paramLabel = "N", required = true)
    private int subjects;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "0")
    private long seed;

    @Option(
            names = "--shape",
            paramLabel = "SIZE",
            defaultValue = "96",
            converter = SizeConverter.class)
    private VolumeSize shape;

    @Mixin private Console console;

    @Override
    public Integer call() {
        Inputs.atLeast("--subjects", subjects, 1);
        PhantomSettings settings =
                PhantomSettings.ofSeed(seed)
                        .withShape(shape.depth(), shape.height(), shape.width());
        Progress progress = console.progress();
        progress.reset("Making phantoms", subjects);
        PhantomCohort.write(out, subjects, settings, progress::update);
        progress.end();
        console.print(subjects + " phantoms in " + out);
        return 0;
    }

    /** Text to a size, with the size's own message where it is none. */
    static final class SizeConverter implements ITypeConverter<VolumeSize> {

        @Override
        public VolumeSize convert(String text) {
            try {
                return VolumeSize.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
