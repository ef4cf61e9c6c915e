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
@Command(
        name = "phantom",
        description = "Makes a cohort of artificial brains with tumours, as NIfTI in BraTS form.",
        sortOptions = false,
        showDefaultValues = true)
public final class PhantomCommand implements Callable<Integer> {

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            required = true,
            description = "Folder for the cohort.")
    private Path out;

    @Option(
            names = "--subjects",
            paramLabel = "N",
            required = true,
            description = "How many subjects.")
    private int subjects;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "0",
            description = "Seed: the same one gives the same cohort.")
    private long seed;

    @Option(
            names = "--shape",
            paramLabel = "SIZE",
            defaultValue = "96",
            converter = SizeConverter.class,
            description = "Voxels of a volume: 96 for a cube, or 96x112x80.")
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
