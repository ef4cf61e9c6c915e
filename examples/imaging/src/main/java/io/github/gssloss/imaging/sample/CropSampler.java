/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.sample;

import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.prepare.BoundingBox;
import io.github.gssloss.imaging.prepare.Padding;
import io.github.gssloss.imaging.prepare.PreparedCase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Makes training samples: which case, which crop, how augmented, which modalities for the fusion.
 * Each is a function of (seed, epoch, sample) alone. Safe to use from many threads.
 */
final class CropSampler {

    private static final long CASES = 1;
    private static final long POSITION = 2;
    private static final long AUGMENTATION = 3;
    private static final long SUBSET = 4;

    private final List<PreparedCase> cases;
    private final CropPosition position;
    private final Augmentation augmentation;
    private final SubsetDraw draw;
    private final long seed;
    private final long samplesPerEpoch;

    /** Of the cases that are padded, found when first needed. */
    private final Map<PreparedCase, float[]> backgrounds = new ConcurrentHashMap<>();

    /**
     * Creates a sampler.
     *
     * @param cases the cohort
     * @param position chooses where crops lie
     * @param augmentation what happens to them
     * @param draw how the modalities for the fusion are drawn
     * @param seed the run's seed
     * @param samplesPerEpoch the number of samples of an epoch
     */
    CropSampler(
            List<PreparedCase> cases,
            CropPosition position,
            Augmentation augmentation,
            SubsetDraw draw,
            long seed,
            long samplesPerEpoch) {
        this.cases = List.copyOf(cases);
        this.position = position;
        this.augmentation = augmentation;
        this.draw = draw;
        this.seed = seed;
        this.samplesPerEpoch = samplesPerEpoch;
    }

    /** Makes one sample. */
    CropSample sample(long epoch, long index) {
        PreparedCase source = cases.get(caseOf(epoch, index));
        BoundingBox part = position.draw(Seeds.generator(seed, POSITION, epoch, index), source);
        Crop crop = crop(source, part);
        augmentation.apply(crop, Seeds.generator(seed, AUGMENTATION, epoch, index));
        ModalitySubset present = new ModalitySubset(source.modalities());
        crop.clearAbsent(present.mask());
        SplittableRandom random = Seeds.generator(seed, SUBSET, epoch, index);
        ModalitySubset subset = draw.draw(random, present.modalities());
        return new CropSample(source.name(), part, crop, subset, present);
    }

    private Crop crop(PreparedCase source, BoundingBox part) {
        Padding padding = position.padding(source);
        BoundingBox stored = padding.common(part);
        float[] images = new float[source.files().modalities().size() * stored.voxels()];
        byte[] labels = new byte[stored.voxels()];
        source.copyImages(stored, images);
        source.copyLabels(stored, labels);
        if (padding.isEmpty()) {
            return new Crop(images, labels, part.size());
        }
        float[] background =
                backgrounds.computeIfAbsent(source, one -> padding.background(one.images()));
        Padding around = padding.around(part);
        return new Crop(around.pad(images, background), around.pad(labels), part.size());
    }

    /** Returns the name of the case of a sample. */
    String caseName(long epoch, long index) {
        return cases.get(caseOf(epoch, index)).name();
    }

    /**
     * Returns the case of a sample. Counted from the first sample of epoch 0, every run of as many
     * samples as there are cases takes each case once, in an order shuffled anew: also where an
     * epoch ends amid such a round, no case is preferred.
     */
    int caseOf(long epoch, long index) {
        long number = epoch * samplesPerEpoch + index;
        List<Integer> order = new ArrayList<>(IntStream.range(0, cases.size()).boxed().toList());
        Collections.shuffle(order, new Random(Seeds.mix(seed, CASES, number / cases.size())));
        return order.get((int) (number % cases.size()));
    }
}
