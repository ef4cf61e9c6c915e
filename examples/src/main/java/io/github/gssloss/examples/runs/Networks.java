/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.runs;

import ai.djl.ndarray.types.Shape;
import io.github.gssloss.examples.config.ModelSettings;
import io.github.gssloss.examples.config.RunSettings;
import io.github.gssloss.examples.data.Modality;
import io.github.gssloss.examples.networks.ModalityNetwork;
import io.github.gssloss.examples.networks.PaddingMode;
import io.github.gssloss.examples.networks.mmformer.MmFormer;
import io.github.gssloss.examples.networks.rfnet.RfNet;

/** The network that settings describe. */
final class Networks {

    private Networks() {}

    static ModalityNetwork of(RunSettings settings) {
        ModelSettings model = settings.model();
        int classes = settings.labels().classes();
        int width = model.width().orElseThrow();
        PaddingMode padding = model.padding().orElseThrow();
        return switch (model.name()) {
            case RFNET ->
                    RfNet.builder().setClasses(classes).optWidth(width).optPadding(padding).build();
            case MMFORMER ->
                    MmFormer.builder()
                            .setClasses(classes)
                            .optWidth(width)
                            .optPadding(padding)
                            .optPatch(ModelSettings.patchOf(settings.crop()))
                            .optHeads(model.heads().orElseThrow())
                            .optTokenWidth(model.tokenWidth().orElseThrow())
                            .optHiddenWidth(model.hiddenWidth().orElseThrow())
                            .optDropout(model.dropout().orElseThrow())
                            .build();
        };
    }

    /** The shapes of images and subsets of so many samples. */
    static Shape[] inputs(RunSettings settings, int samples) {
        int modalities = Modality.values().length;
        Shape crop =
                new Shape(
                        settings.crop().depth(), settings.crop().height(), settings.crop().width());
        return new Shape[] {
            new Shape(samples, modalities).addAll(crop), new Shape(samples, modalities)
        };
    }
}
