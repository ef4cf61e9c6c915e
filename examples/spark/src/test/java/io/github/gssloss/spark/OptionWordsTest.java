/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.program.cli.EvaluationOptions;
import io.github.gssloss.program.cli.PredictionOptions;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Options arrive at an executor as the user typed them. */
class OptionWordsTest {

    private static ParseResult parsed(String command, String... words) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--run=r", "--data=d", "--out=o"));
        if (command.equals("cohort")) {
            all.add("--cache=c");
        }
        all.addAll(List.of(words));
        return GssSpark.commandLine().parseArgs(all.toArray(String[]::new)).subcommand();
    }

    @Test
    void ofAnEvaluation() {
        String[] words = {
            "--subsets=all,flair+t2",
            "--overlap=0.25",
            "--unseen",
            "--ensemble",
            "--mirror=x,z",
            "--window=gaussian",
            "--lesions=2x10",
            "--nsd=0.5",
            "--volume",
            "--empty-hd95=0",
            "--entropy",
            "--disagreement"
        };
        List<String> travel = OptionWords.of(new EvaluationOptions(), parsed("cohort", words));
        assertThat(travel).containsExactlyInAnyOrder(words);
        EvaluationOptions read = OptionWords.read(new EvaluationOptions(), travel);
        EvaluationSettings settings = read.settings(Brats.BRATS2020);
        assertThat(read.ensemble()).isTrue();
        assertThat(settings.unseen()).isTrue();
        assertThat(settings.overlap()).isEqualTo(0.25);
        assertThat(settings.subsets()).hasSize(2);
        assertThat(settings.use().mirroring()).hasToString("x,z");
        assertThat(settings.use().weights()).hasToString("gaussian");
        assertThat(settings.pictures().entropy()).isTrue();
        assertThat(settings.pictures().disagreement()).isTrue();
        assertThat(settings.measures().label())
                .isEqualTo("lesions=2x10;nsd=0.5;volume;empty-hd95=0");
    }

    @Test
    void ofAPrediction() {
        String[] words = {
            "--modalities=flair,t2",
            "--overwrite",
            "--spacing=1x1x3",
            "--mirror=y",
            "--window=gaussian",
            "--probabilities=uint8",
            "--entropy",
            "--disagreement",
            "--min-volume=50,ED=10",
            "--largest=foreground",
            "--fill-holes",
            "--et-rule"
        };
        List<String> travel = OptionWords.of(new PredictionOptions(), parsed("predict", words));
        assertThat(travel).containsExactlyInAnyOrder(words);
        PredictionOptions read = OptionWords.read(new PredictionOptions(), travel);
        assertThat(read.overwrite()).isTrue();
        assertThat(read.settings(Brats.BRATS2020))
                .isEqualTo(
                        OptionWords.read(new PredictionOptions(), List.of(words))
                                .settings(Brats.BRATS2020));
    }

    /** Picocli lets a flag be given true or false. */
    @Test
    void flagsWithValues() {
        List<String> travel =
                OptionWords.of(
                        new EvaluationOptions(),
                        parsed("cohort", "--ensemble=false", "--unseen=true"));
        EvaluationOptions read = OptionWords.read(new EvaluationOptions(), travel);
        assertThat(read.ensemble()).isFalse();
        assertThat(read.settings(Brats.BRATS2020).unseen()).isTrue();
    }

    /** An option whose value may be left out, options that are given twice, and none. */
    @Test
    void whatIsLeftOut() {
        assertThat(OptionWords.of(new EvaluationOptions(), parsed("cohort"))).isEmpty();
        assertThat(
                        OptionWords.of(
                                new PredictionOptions(),
                                parsed(
                                        "predict",
                                        "--probabilities",
                                        "--mirror",
                                        "x",
                                        "--mirror",
                                        "y")))
                .containsExactlyInAnyOrder("--probabilities=float32", "--mirror=x", "--mirror=y");
    }

    /** Each option of the commands says where something is, or it travels; and it is described. */
    @Test
    void noOptionIsLeftBehind() {
        travels("cohort", new EvaluationOptions(), "--cache", "--parquet");
        travels("predict", new PredictionOptions());
    }

    private static void travels(String command, Object how, String... more) {
        Set<String> left =
                new HashSet<>(Set.of("--run", "--checkpoint", "--data", "--out", "--skip-unknown"));
        left.addAll(List.of(more));
        left.addAll(Set.of("--help", "-h", "--version", "-V", "--stacktrace"));
        CommandSpec spec = parsed(command).commandSpec();
        Set<String> options = new HashSet<>(spec.optionsMap().keySet());
        options.removeAll(left);
        assertThat(options).isEqualTo(CommandSpec.forAnnotatedObject(how).optionsMap().keySet());
        assertThat(spec.options())
                .allSatisfy(
                        option ->
                                assertThat(option.description())
                                        .as(option.longestName())
                                        .isNotEmpty());
    }
}
