/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.HiddenModalities;
import io.github.gssloss.imaging.prepare.CasePreparation;
import io.github.gssloss.imaging.prepare.Clipping;
import io.github.gssloss.imaging.prepare.Foreground;
import io.github.gssloss.imaging.prepare.WorkingSpacing;
import io.github.gssloss.imaging.sample.ForegroundDraw;
import io.github.gssloss.imaging.sample.SubsetDraw;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * Everything that decides a training run. The defaults are the paper's for RFNet (section 4.1);
 * where the paper is silent, RFNet's own recipe. With another network its own defaults hold.
 *
 * <p>The table {@code RunSettings.yaml} has the defaults, ranges and help of all keys: the YAML
 * file, the options of {@code gss train} and its help follow it. What depends on several values the
 * records check; their constructors throw an {@link IllegalArgumentException} that names the value.
 *
 * @param model the network
 * @param dataset what the cases show
 * @param foreground which voxels the images are cropped to and standardised over
 * @param spacing the spacing that volumes are brought to; empty: as stored
 * @param clip where intensities are clipped before they are standardised; empty: nowhere
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
 * @param foregroundFraction the share of crops near a voxel that is not background, 0 to 1
 * @param foregroundDraw how that voxel is drawn; empty: by class where the crop is one slice, else
 *     by voxel
 * @param subsetDraw how the modalities that the fusion may use are drawn for a crop
 * @param missing which modalities are hidden from the cases to train on; empty: none
 * @param split which cases of the data folder are trained on; empty: all
 * @param checkpointEvery epochs from one checkpoint to the next, at least 1
 * @param keepCheckpoints how many of the last checkpoints stay, at least 1
 * @param validation a folder of cases to validate on; empty: none
 * @param validateEvery epochs from one validation to the next, at least 1
 * @param decisionsEvery steps from one look at how the votes were decided to the next; 0: never
 * @param loss the loss
 */
public record RunSettings(
        ModelSettings model,
        DatasetSettings dataset,
        Foreground foreground,
        Optional<WorkingSpacing> spacing,
        Optional<Clipping> clip,
        VolumeSize crop,
        int batch,
        int epochs,
        int iterations,
        int rounds,
        double lr,
        double weightDecay,
        Optional<Double> clipNorm,
        long seed,
        int workers,
        Optional<Integer> threads,
        DeviceKind device,
        boolean augment,
        double foregroundFraction,
        Optional<ForegroundDraw> foregroundDraw,
        SubsetDraw subsetDraw,
        Optional<MissingSettings> missing,
        Optional<SplitSettings> split,
        int checkpointEvery,
        int keepCheckpoints,
        Optional<String> validation,
        int validateEvery,
        int decisionsEvery,
        LossSettings loss) {

    /** The settings that change no result but in its last bits: a run may go on with others. */
    public static final List<String> ANEW = List.of("workers", "threads");

    /** The settings that name files or folders. */
    private static final List<String> FILES =
            List.of("model.file", "model.weights", "missing.scheme", "split.file", "validation");

    /**
     * Checks the values against each other. The ranges are those of the table, which its reader
     * checks.
     *
     * @param model the network
     * @param dataset what the cases show
     * @param foreground which voxels the images are cropped to and standardised over
     * @param spacing the spacing that volumes are brought to; empty: as stored
     * @param clip where intensities are clipped before they are standardised; empty: nowhere
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
     * @param foregroundFraction the share of crops near a voxel that is not background, 0 to 1
     * @param foregroundDraw how that voxel is drawn; empty: by class where the crop is one slice,
     *     else by voxel
     * @param subsetDraw how the modalities that the fusion may use are drawn for a crop
     * @param missing which modalities are hidden from the cases to train on; empty: none
     * @param split which cases of the data folder are trained on; empty: all
     * @param checkpointEvery epochs from one checkpoint to the next, at least 1
     * @param keepCheckpoints how many of the last checkpoints stay, at least 1
     * @param validation a folder of cases to validate on; empty: none
     * @param validateEvery epochs from one validation to the next, at least 1
     * @param decisionsEvery steps from one look at how the votes were decided to the next; 0: never
     * @param loss the loss
     * @throws IllegalArgumentException if the network does not take the crop or the modalities,
     *     what is hidden is none of them, or the loss has values that its preset leaves out; the
     *     message names the value
     */
    public RunSettings {
        model.checkCrop(crop);
        model.checkModalities(dataset.description().modalityCount());
        if (split.isPresent()) {
            validation.ifPresent(
                    folder -> Check.that(false, "validation", "nothing beside a split", folder));
        }
        clip.ifPresent(one -> one.checkFor(dataset.description().modalities()));
        missing.ifPresent(one -> one.checkFor(dataset.description().modalities()));
        loss.checkLeftOut();
    }

    /**
     * Compares what decides a result.
     *
     * @param now other settings
     * @param others dotted keys of further settings that do not count, beside {@link #ANEW}
     * @return the differences in words; empty where there is none
     */
    public Optional<String> difference(RunSettings now, String... others) {
        return SettingValues.difference(this, now, List.of(others));
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
        return new SettingsReader<>(RunSettings.class, "").values(values).read();
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
        return new SettingsReader<>(RunSettings.class, "")
                .given(Yaml.read(file))
                .values(overrides)
                .read();
    }

    /**
     * Returns what the cases of the run show.
     *
     * @return modalities, classes and regions
     */
    public DataDescription description() {
        return dataset.description();
    }

    /**
     * Returns which output of the run's network is what.
     *
     * @return the layout
     */
    public NetworkLayout outputs() {
        return model.outputs(description().modalityCount());
    }

    /**
     * Reads settings for the cases of a folder: what it says of them is added, unless the settings
     * say it.
     *
     * @param file a YAML file; empty: none
     * @param overrides YAML values by dotted key that replace those of the file
     * @param data the folder of the cases to train on
     * @return the settings
     * @throws io.github.gssloss.files.UserInputException if the file or the folder's description
     *     cannot be read, a key is unknown or a value does not fit
     */
    public static RunSettings forCases(
            Optional<Path> file, Map<String, String> overrides, Path data) {
        Map<String, Given> inFile = file.map(Yaml::read).orElse(Map.of());
        return new SettingsReader<>(RunSettings.class, "")
                .given(inFile)
                .values(DatasetSettings.described(overrides, inFile, data))
                .read();
    }

    /**
     * Returns whether the run is validated on the way.
     *
     * @return whether it has a folder of other cases, or leaves out a fold
     */
    public boolean validates() {
        return validation.isPresent() || split.isPresent();
    }

    /**
     * Returns how the cases of the run are prepared.
     *
     * @return the preparation
     */
    public CasePreparation preparation() {
        return new CasePreparation(description(), crop.sides())
                .with(foreground)
                .with(clip.orElse(Clipping.NONE))
                .with(spacing.orElse(WorkingSpacing.STORED));
    }

    /**
     * Returns what is hidden from the cases to train on.
     *
     * @param cases the cases with all their files
     * @return the hidden modalities, those of a rate drawn anew
     * @throws io.github.gssloss.files.UserInputException if a scheme cannot be read or does not fit
     *     the cases, or nothing would be left of a case
     */
    public HiddenModalities hidden(List<CaseFiles> cases) {
        return missing.map(one -> one.hidden(cases, seed)).orElse(HiddenModalities.NONE);
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

    /**
     * Returns the settings for others: of the files and folders that they name the last word alone.
     * What a trained network does is the same.
     *
     * @return settings that name no folder
     */
    public RunSettings withoutFolders() {
        ObjectNode all = Yaml.MAPPER.valueToTree(this);
        for (String key : FILES) {
            String[] names = key.split("[.]", -1);
            JsonNode section = names.length == 1 ? all : all.path(names[0]);
            String name = names[names.length - 1];
            if (section.path(name).isString()) {
                String file = section.path(name).asString().replaceAll("[/\\\\]+$", "");
                ((ObjectNode) section).put(name, file.replaceAll(".*[/\\\\]", ""));
            }
        }
        return Yaml.MAPPER.treeToValue(all, RunSettings.class);
    }
}
