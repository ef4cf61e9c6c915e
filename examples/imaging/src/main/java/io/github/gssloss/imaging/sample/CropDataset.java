/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.sample;

import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Record;
import ai.djl.training.dataset.Sampler;
import ai.djl.util.Progress;
import io.github.gssloss.imaging.prepare.Extents;
import io.github.gssloss.imaging.prepare.PreparedCase;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Random crops of prepared cases as a DJL dataset. An epoch has iterations * batch size samples.
 *
 * <p>A record's data are the images (4, x, y, z) float32 and the fusion's subset of modalities (4)
 * boolean; its label the class indices (x, y, z) int32. A batch therefore holds (B, 4, x, y, z) and
 * (B, 4), and (B, x, y, z). Where any case of the dataset lacks a modality, (4) boolean follows in
 * data and labels alike, (B, 4) in a batch: the modalities that the sample's case has. The images
 * of the others are 0, and they are in no subset.
 *
 * <p>A sample depends on (seed, epoch, its number in the epoch) alone, so batches are the same bit
 * for bit whatever the number of workers, and after a resume. The first pass over the data is epoch
 * 0, each further one the next epoch, as {@code EasyTrain.fit} needs it; {@link #setEpoch} goes on
 * from another. To load in parallel with training, hand {@link CropWorkers} to {@code
 * getData(manager, executor)} or to DJL's {@code TrainingConfig}; DJL then holds {@code
 * optPrefetchNumber} batches ready.
 */
public final class CropDataset extends RandomAccessDataset {

    private static final String SPLIT =
            "sub-dataset: random crops cannot be split, expected a split of the cases";
    private static final String SAMPLING =
            "sampling: expected setBatchSize and setIterations, got a sampler";

    private final CropSampler samples;
    private final CropRecords records;
    private final long samplesPerEpoch;
    private final EpochSampler batches;

    private CropDataset(Builder builder) {
        super(builder);
        samplesPerEpoch = (long) builder.iterations * builder.batchSize;
        batches = builder.batches;
        records = new CropRecords(builder.crop, builder.cases);
        samples =
                new CropSampler(
                        builder.cases,
                        builder.position(),
                        builder.augmentation,
                        builder.draw,
                        builder.seed,
                        samplesPerEpoch);
    }

    /**
     * Creates a builder.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Sets the epoch that the next pass over the data draws its samples for; the pass after it is
     * the epoch after it. A pass that has begun goes on with its own.
     *
     * @param epoch the epoch, from 0
     * @param done the number of its batches to leave out, from 0 to below all
     */
    public void setEpoch(int epoch, int done) {
        batches.set(epoch, done);
    }

    /**
     * Returns the cases that the samples of a batch are cut from.
     *
     * @param epoch the epoch, from 0
     * @param batch the batch's number in its epoch, from 0
     * @return the name of a case for each sample
     */
    public List<String> cases(int epoch, int batch) {
        int size = batches.getBatchSize();
        return LongStream.range((long) batch * size, (batch + 1L) * size)
                .mapToObj(sample -> samples.caseName(epoch, sample))
                .toList();
    }

    /**
     * {@inheritDoc}
     *
     * @param index epoch * samples of an epoch + number of the sample in its epoch
     */
    @Override
    public Record get(NDManager manager, long index) {
        CropSample sample = samples.sample(index / samplesPerEpoch, index % samplesPerEpoch);
        return records.of(manager, sample);
    }

    /** {@inheritDoc} */
    @Override
    protected long availableSize() {
        return samplesPerEpoch;
    }

    /** Refused: samples of one case would fall into all parts; split the cases instead. */
    @Override
    protected RandomAccessDataset newSubDataset(int[] indices, int from, int to) {
        throw new UnsupportedOperationException(SPLIT);
    }

    /** Refused: samples of one case would fall into all parts; split the cases instead. */
    @Override
    protected RandomAccessDataset newSubDataset(List<Long> subIndices) {
        throw new UnsupportedOperationException(SPLIT);
    }

    /** {@inheritDoc} */
    @Override
    public void prepare(Progress progress) {
        // The cases come prepared.
    }

    /** Builds a {@link CropDataset}. */
    public static final class Builder extends BaseBuilder<Builder> {

        private List<PreparedCase> cases = List.of();
        private int[] crop = {};
        private int batchSize;
        private int iterations;
        private long seed;
        private Augmentation augmentation = Augmentation.PAPER;
        private SubsetDraw draw = SubsetDraw.UNIFORM;
        private double foregroundFraction;
        private Optional<ForegroundDraw> foregroundDraw = Optional.empty();
        private EpochSampler batches;

        private Builder() {}

        /**
         * Sets the cohort (required).
         *
         * @param cohort cases with labels; one that is smaller than a crop is padded with {@link
         *     io.github.gssloss.imaging.prepare.Padding#background}, class 0
         * @return this builder
         */
        public Builder setCases(List<PreparedCase> cohort) {
            cases = List.copyOf(cohort);
            return this;
        }

        /**
         * Sets the crops' size (required).
         *
         * @param size along {x, y, z}, 1 along one axis at most, or one number; the paper: 80
         * @return this builder
         */
        public Builder setCrop(int... size) {
            crop = Extents.requireCrop("crop", size);
            return this;
        }

        /**
         * Sets the samples of a batch (required).
         *
         * @param size at least 1; the paper: 2
         * @return this builder
         */
        public Builder setBatchSize(int size) {
            batchSize = size;
            return this;
        }

        /**
         * Sets the batches of an epoch (required).
         *
         * @param batches at least 1; the paper: 150
         * @return this builder
         */
        public Builder setIterations(int batches) {
            iterations = batches;
            return this;
        }

        /**
         * Sets the seed of all draws; 0 by default.
         *
         * @param runSeed the run's seed
         * @return this builder
         */
        public Builder optSeed(long runSeed) {
            seed = runSeed;
            return this;
        }

        /**
         * Sets the augmentation; the paper's by default.
         *
         * @param stages what happens to a crop
         * @return this builder
         */
        public Builder optAugmentation(Augmentation stages) {
            augmentation = stages;
            return this;
        }

        /**
         * Sets how the fusion's subset is drawn; by default all subsets are equally likely.
         *
         * @param subsetDraw the draw, within the modalities that a case has
         * @return this builder
         */
        public Builder optSubsetDraw(SubsetDraw subsetDraw) {
            draw = subsetDraw;
            return this;
        }

        /**
         * Sets the share of crops near a voxel that is not background, so that very small runs see
         * the foreground at all; 0, the paper's, by default.
         *
         * @param fraction a probability
         * @return this builder
         */
        public Builder optForegroundFraction(double fraction) {
            foregroundFraction = fraction;
            return this;
        }

        /**
         * Sets how that voxel is drawn; by class for crops of one slice, else by voxel, by default.
         *
         * @param voxelDraw the draw
         * @return this builder
         */
        public Builder optForegroundDraw(ForegroundDraw voxelDraw) {
            foregroundDraw = Optional.of(voxelDraw);
            return this;
        }

        private CropPosition position() {
            ForegroundDraw draw = foregroundDraw.orElseGet(() -> ForegroundDraw.usual(crop));
            return new CropPosition(crop, foregroundFraction, draw);
        }

        /**
         * Refused: the batches follow from {@link #setBatchSize} and {@link #setIterations}, and
         * another sampler would give the samples of epoch 0 in all epochs.
         */
        @Override
        public Builder setSampling(Sampler ignored) {
            throw new UnsupportedOperationException(SAMPLING);
        }

        /** Refused as {@link #setSampling(Sampler)}. */
        @Override
        public Builder setSampling(int batch, boolean random, boolean dropLast) {
            throw new UnsupportedOperationException(SAMPLING);
        }

        /**
         * Builds the dataset.
         *
         * @return the dataset, at epoch 0
         * @throws IllegalArgumentException where a value is missing or a case cannot be trained on
         */
        public CropDataset build() {
            Extents.requirePositive("cases", cases.size());
            Extents.requirePositive("batch size", batchSize);
            Extents.requirePositive("iterations", iterations);
            crop = Extents.requireCrop("crop", crop);
            cases.forEach(CropPosition::requireTrainable);
            batches = new EpochSampler(batchSize, iterations);
            sampler = batches;
            return new CropDataset(this);
        }

        /** {@inheritDoc} */
        @Override
        protected Builder self() {
            return this;
        }
    }
}
