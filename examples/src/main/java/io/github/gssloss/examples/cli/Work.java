/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.cli;

import io.github.gssloss.examples.config.RunSettings;
import io.github.gssloss.examples.config.VolumeSize;
import io.github.gssloss.examples.evaluate.DiceTable;
import io.github.gssloss.examples.evaluate.ModalitySubset;
import io.github.gssloss.examples.phantom.PhantomCohort;
import io.github.gssloss.examples.phantom.PhantomSettings;
import io.github.gssloss.examples.runs.EvaluationRun;
import io.github.gssloss.examples.runs.TrainingRun;
import io.github.gssloss.examples.train.RunFolder;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The commands' work, each told to a console: what {@code gss} and the demo do. */
final class Work {

    private Work() {}

    static void phantoms(Path out, int subjects, long seed, VolumeSize shape, Console console) {
        PhantomSettings settings =
                PhantomSettings.ofSeed(seed)
                        .withShape(shape.depth(), shape.height(), shape.width());
        console.progress().reset("Making phantoms", subjects);
        PhantomCohort.write(out, subjects, settings, done -> console.progress().update(done));
        console.progress().end();
        console.out().println(subjects + " phantoms in " + out);
    }

    static void train(RunSettings settings, Path data, Path out, Path cache, Console console)
            throws IOException {
        RunFolder run =
                new TrainingRun(settings, console.progress())
                        .run(data, out, cache, console.commandLine());
        console.out().println("Run in " + run.path() + ", its curve in " + run.learningCurve());
    }

    static void evaluate(
            RunFolder run,
            Optional<Path> checkpoint,
            List<ModalitySubset> subsets,
            Path data,
            Path out,
            Path cache,
            Console console)
            throws IOException {
        DiceTable table =
                new EvaluationRun(run, subsets, console.progress())
                        .judge(checkpoint, data, out, cache);
        console.out().println(table.toText(Charset.defaultCharset()));
        console.out().println("Table and pictures in " + out);
    }
}
