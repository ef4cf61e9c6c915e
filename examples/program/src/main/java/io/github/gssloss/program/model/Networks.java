/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.model;

import io.github.gssloss.networks.ModalityNetwork;
import io.github.gssloss.networks.PaddingMode;
import io.github.gssloss.networks.mmformer.MmFormer;
import io.github.gssloss.networks.rfnet.RfNet;
import io.github.gssloss.program.config.ModelSettings;
import io.github.gssloss.program.config.RunSettings;

/** The networks of this program, as settings describe them. */
public final class Networks {

    private Networks() {}

    /**
     * Makes the network that settings describe.
     *
     * @param settings the settings of the run
     * @return the network, not initialised
     */
    public static ModalityNetwork of(RunSettings settings) {
        ModelSettings model = settings.model();
        int classes = settings.labels().classes();
        int width = model.width().orElse(0);
        PaddingMode padding = model.padding().orElse(PaddingMode.ZEROS);
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
            case TORCHSCRIPT ->
                    throw new IllegalArgumentException("settings: expected a network of blocks");
        };
    }
}
