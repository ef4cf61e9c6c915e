/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import static io.github.gssloss.program.config.NetworkKind.MMFORMER;

import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.program.config.Setting.NetworkDefault;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * Everything that decides a training run. The defaults are the paper's for RFNet (section 4.1);
 * where the paper is silent, RFNet's own recipe. With another network its own defaults hold.
 *
 * <p>The components of this record and of its sections are the only list of the keys: the YAML
 * file, the options of {@code gss train} and its help all follow them. Each record checks the
 * ranges of its own values; its constructor throws an {@link IllegalArgumentException} that names
 * the value.
 *
 * @param model the network
 * @param labels the numbering of the segmentation files
 * @param crop the size of the training crops in voxels, as the network allows it
 * @param batch crops a step, at least 1
 * @param epochs epochs, at least 1
 * @param iterations steps an epoch, at least 1
 * @param rounds how often all epochs are run, at least 1; each round goes on with the weights of
 *     the one before, a fresh optimiser and every schedule from its start
 * @param lr the learning rate of the first epoch, above 0; it falls as (1 - epoch / epochs)^0.9
 * @param weightDecay L2 factor added to the gradient, at least 0
 * @param clipNorm the largest norm that all gradients together may have, above 0; empty: any
 * @param seed the seed of weights, crops, augmentation and masks
 * @param workers threads that prepare crops beside the training, at least 1
 * @param threads threads of the engine, at least 1; empty: see {@link Threads#DEFAULT}
 * @param device where the network runs
 * @param augment whether crops are rotated, flipped and changed in intensity
 * @param tumourFraction the share of crops centred on a tumour voxel, 0 to 1
 * @param checkpointEvery epochs from one checkpoint to the next, at least 1
 * @param keepCheckpoints how many of the last checkpoints stay, at least 1
 * @param validation a folder of cases to validate on; empty: none
 * @param validateEvery epochs from one validation to the next, at least 1
 * @param decisionsEvery steps from one look at how the votes were decided to the next; 0: never
 * @param loss the loss
 */
public record RunSettings(
        ModelSettings model,
        @Setting(fallback = "brats2020", help = "How the segmentation files number the tissues")
                LabelSet labels,
        @Setting(
                        fallback = "80",
                        byNetwork = @NetworkDefault(network = MMFORMER, value = "128"),
                        help =
                                "Crop in voxels: one multiple of 8 for a cube, or three; mmFormer"
                                        + " takes cubes of a multiple of 16")
                VolumeSize crop,
        @Setting(fallback = "2", help = "Crops a step") int batch,
        @Setting(
                        fallback = "300",
                        byNetwork = @NetworkDefault(network = MMFORMER, value = "1000"),
                        help = "Epochs")
                int epochs,
        @Setting(fallback = "150", help = "Steps an epoch") int iterations,
        @Setting(
                        fallback = "1",
                        help =
                                "How often all epochs are run, each time from the last weights with"
                                        + " a fresh optimiser and schedule; the paper's GSS: 5")
                int rounds,
        @Setting(fallback = "2.0e-4", help = "Learning rate of the first epoch") double lr,
        @Setting(fallback = "1.0e-4", help = "L2 factor added to the gradient") double weightDecay,
        @Setting(
                        otherwise = "no clipping",
                        help = "Largest norm that all gradients together may have")
                Optional<Double> clipNorm,
        @Setting(fallback = "0", help = "Seed of weights, crops, augmentation and masks") long seed,
        @Setting(fallback = "1", help = "Threads that prepare crops") int workers,
        @Setting(otherwise = Threads.DEFAULT, help = "Threads of the engine")
                Optional<Integer> threads,
        @Setting(fallback = "cpu", help = "Where the network runs") DeviceKind device,
        @Setting(fallback = "true", help = "Rotate, flip and change the intensity of crops")
                boolean augment,
        @Setting(
                        fallback = "0.0",
                        help = "Share of crops centred on tumour, 0 to 1; the paper's is 0")
                double tumourFraction,
        @Setting(fallback = "10", help = "Epochs from one checkpoint to the next")
                int checkpointEvery,
        @Setting(fallback = "3", help = "How many of the last checkpoints stay")
                int keepCheckpoints,
        @Setting(otherwise = "none", help = "Folder of cases to validate on")
                Optional<String> validation,
        @Setting(fallback = "10", help = "Epochs from one validation to the next")
                int validateEvery,
        @Setting(
                        fallback = "50",
                        help = "Steps from one look at the votes' decisions to the next; 0: never")
                int decisionsEvery,
        LossSettings loss) {

    /**
     * Checks every value.
     *
     * @param model the network
     * @param labels the numbering of the segmentation files
     * @param crop the size of the training crops in voxels, as the network allows it
     * @param batch crops a step, at least 1
     * @param epochs epochs, at least 1
     * @param iterations steps an epoch, at least 1
     * @param rounds how often all epochs are run, at least 1; each round goes on with the weights
     *     of the one before, a fresh optimiser and every schedule from its start
     * @param lr the learning rate of the first epoch, above 0; it falls as (1 - epoch / epochs)^0.9
     * @param weightDecay L2 factor added to the gradient, at least 0
     * @param clipNorm the largest norm that all gradients together may have, above 0; empty: any
     * @param seed the seed of weights, crops, augmentation and masks
     * @param workers threads that prepare crops beside the training, at least 1
     * @param threads threads of the engine, at least 1; empty: see {@link Threads#DEFAULT}
     * @param device where the network runs
     * @param augment whether crops are rotated, flipped and changed in intensity
     * @param tumourFraction the share of crops centred on a tumour voxel, 0 to 1
     * @param checkpointEvery epochs from one checkpoint to the next, at least 1
     * @param keepCheckpoints how many of the last checkpoints stay, at least 1
     * @param validation a folder of cases to validate on; empty: none
     * @param validateEvery epochs from one validation to the next, at least 1
     * @param decisionsEvery steps from one look at how the votes were decided to the next; 0: never
     * @param loss the loss
     * @throws IllegalArgumentException if a value is outside its range; the message names it
     */
    public RunSettings {
        model.checkCrop(crop);
        Check.atLeast("batch", batch, 1);
        Check.atLeast("epochs", epochs, 1);
        Check.atLeast("iterations", iterations, 1);
        Check.atLeast("rounds", rounds, 1);
        Check.above("lr", lr, 0);
        Check.atLeast("weightDecay", weightDecay, 0);
        clipNorm.ifPresent(norm -> Check.above("clipNorm", norm, 0));
        Check.atLeast("workers", workers, 1);
        threads.ifPresent(number -> Check.atLeast("threads", number, 1));
        Check.share("tumourFraction", tumourFraction);
        Check.atLeast("checkpointEvery", checkpointEvery, 1);
        Check.atLeast("keepCheckpoints", keepCheckpoints, 1);
        Check.atLeast("validateEvery", validateEvery, 1);
        Check.atLeast("decisionsEvery", decisionsEvery, 0);
    }

    /**
     * Returns the defaults.
     *
     * @return the settings of the paper
     */
    public static RunSettings defaults() {
        return of(Map.of());
    }

    /**
     * Returns the defaults with some values replaced.
     *
     * @param values YAML values by dotted key, for example {@code loss.beta} to {@code 0.5}
     * @return the settings
     * @throws io.github.gssloss.files.UserInputException if a key is unknown or a value does not
     *     fit
     */
    public static RunSettings of(Map<String, String> values) {
        return new SettingsReader<>(RunSettings.class).values(values).read();
    }

    /**
     * Reads settings from a file; what it does not name keeps its default.
     *
     * @param file a YAML file
     * @param overrides YAML values by dotted key that replace those of the file
     * @return the settings
     * @throws io.github.gssloss.files.UserInputException if the file cannot be read, a key is
     *     unknown or a value does not fit
     */
    public static RunSettings read(Path file, Map<String, String> overrides) {
        return new SettingsReader<>(RunSettings.class).file(file).values(overrides).read();
    }

    /**
     * Writes the settings as {@link #read(Path, Map)} reads them. Optional settings that were left
     * out stay left out.
     *
     * @return YAML text
     */
    public String toYaml() {
        return Yaml.MAPPER.writer().with(YAMLWriteFeature.MINIMIZE_QUOTES).writeValueAsString(this);
    }
}
