/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {

    @TempDir private Path folder;
    private final List<PredictionRequest> calls = new ArrayList<>();
    private final CommandHarness gss =
            new CommandHarness(new PredictCommand((request, console) -> calls.add(request)));
    private String run;
    private String subject;

    @BeforeEach
    void files() throws IOException {
        RunSettings settings = RunSettings.defaults();
        run = RunFolder.create(folder.resolve("run"), settings, Map.of()).path().toString();
        subject = Files.createDirectory(folder.resolve("S")).toString();
    }

    @Test
    void handsOverWhatTheUserWants() throws IOException {
        String weights = Files.createFile(folder.resolve("weights.npz")).toString();
        String[] few = {"predict", "--run", run, "--subject", subject, "--out", "seg.nii.gz"};
        String[] all = {
            "predict",
            "--run=" + run,
            "--subject=" + subject,
            "--out=seg.nii",
            "--modalities=t2,flair",
            "--checkpoint=" + weights
        };

        assertThat(gss.run(few)).isZero();
        assertThat(gss.run(all)).isZero();

        assertThat(gss.errLines()).isEmpty();
        assertThat(calls.get(0))
                .returns(Path.of(run), call -> call.run().path())
                .returns(Path.of(subject), PredictionRequest::subject)
                .returns(Path.of("seg.nii.gz"), PredictionRequest::out)
                .returns(Optional.empty(), PredictionRequest::modalities)
                .returns(Optional.empty(), PredictionRequest::checkpoint);
        assertThat(calls.get(1))
                .returns(
                        Optional.of(ModalitySubset.of(Modality.FLAIR, Modality.T2)),
                        PredictionRequest::modalities)
                .returns(Optional.of(Path.of(weights)), PredictionRequest::checkpoint);
    }

    @Test
    void refusesWhatIsNotThere() {
        refuses(
                List.of("--subject", subject, "--modalities", "flair,pd"),
                "--modalities: expected some of flair, t1ce, t1, t2 with commas, got flair,pd");
        refuses(
                List.of("--subject", "none"),
                "--subject none: expected a folder, got nothing there");
        refuses(
                List.of("--subject", subject, "--checkpoint", "no.npz"),
                "--checkpoint no.npz: expected a file, got nothing there");
    }

    private void refuses(List<String> options, String line) {
        List<String> args = new ArrayList<>(List.of("predict", "--run", run, "--out", "seg.nii"));
        args.addAll(options);
        assertThat(gss.run(args.toArray(String[]::new))).isEqualTo(2);
        assertThat(gss.errLines()).containsExactly("gss predict: " + line);
        assertThat(calls).isEmpty();
    }
}
