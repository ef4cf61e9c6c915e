/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import io.github.gssloss.files.UserInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code dataset.json} of a raw folder of nnU-Net says.
 *
 * @param file the file
 * @param channels the modality of each channel number
 * @param labels the classes and their numbers
 * @param regions what is evaluated
 * @param ending what the names of the images end with
 * @param training the number of cases that it promises, if it does
 */
record NnUnetJson(
        Path file,
        List<Modality> channels,
        LabelSet labels,
        List<Region> regions,
        String ending,
        OptionalInt training) {

    static final String NAME = "dataset.json";

    static final String CHANNELS = "channel_names";

    static final String TRAINING = "numTraining";

    /** What the first version of nnU-Net calls {@link #CHANNELS}. */
    private static final String OLD_CHANNELS = "modality";

    private static final String ENDING = "file_ending";

    /** The endings that are read. */
    private static final List<String> ENDINGS = List.of(".nii.gz", ".nii");

    /**
     * Reads the file.
     *
     * @throws UserInputException a line that names the file, the key, what was expected, what came
     */
    static NnUnetJson read(Path file) {
        JsonValue root = JsonValue.read(file);
        List<Modality> channels = channels(root);
        NnUnetLabels labels = NnUnetLabels.of(root);
        Optional<JsonValue> training = root.find(TRAINING);
        return new NnUnetJson(
                file,
                channels,
                labels.labels(),
                labels.regions(),
                ending(root),
                training.isPresent()
                        ? OptionalInt.of(training.get().whole())
                        : OptionalInt.empty());
    }

    private static List<Modality> channels(JsonValue root) {
        Optional<JsonValue> old = root.find(OLD_CHANNELS);
        JsonValue names = root.find(CHANNELS).or(() -> old).orElseGet(() -> root.get(CHANNELS));
        Map<String, JsonValue> byNumber = names.entries();
        if (old.isPresent() && !old.get().element().equals(names.element())) {
            throw names.expected("the same as " + OLD_CHANNELS + ", " + old.get().element());
        }
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < byNumber.size(); i++) {
            JsonValue name = byNumber.get(Integer.toString(i));
            if (name == null) {
                throw names.expected(
                        "the channel numbers 0 to " + (byNumber.size() - 1),
                        String.join(", ", byNumber.keySet()));
            }
            labels.add(name.text());
        }
        return names.make(() -> Modality.of(labels));
    }

    private static String ending(JsonValue root) {
        if (isOld(root) && root.find(ENDING).isEmpty()) {
            // The first version of nnU-Net reads no other.
            return ENDINGS.get(0);
        }
        JsonValue ending = root.get(ENDING);
        if (!ENDINGS.contains(ending.text())) {
            throw ending.expected(String.join(" or ", ENDINGS));
        }
        return ending.text();
    }

    /** Whether the file is of the first version of nnU-Net. */
    static boolean isOld(JsonValue root) {
        return root.find(CHANNELS).isEmpty() && root.find(OLD_CHANNELS).isPresent();
    }
}
