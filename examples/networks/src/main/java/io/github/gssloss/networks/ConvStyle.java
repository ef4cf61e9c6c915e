/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.nn.Block;

/**
 * The style of blocks without parameters beside the convolution's.
 *
 * @param order what a block does first
 * @param padding what its 3^3 convolutions see beyond the border
 * @param axes the axes that they work along
 */
public record ConvStyle(ConvBlock.Order order, PaddingMode padding, Axes axes)
        implements BlockStyle {

    /** {@inheritDoc} */
    @Override
    public ConvBlock size1(int filters) {
        return new ConvBlock(PaddedConv3d.ofSize1(filters), order);
    }

    /** {@inheritDoc} */
    @Override
    public ConvBlock size3(int filters, int stride) {
        return new ConvBlock(PaddedConv3d.ofSize3(filters, stride, padding, axes), order);
    }

    /**
     * Creates what an encoder begins with, a 3^3 convolution. Where the norm comes first it is
     * bare: it sees the images themselves.
     *
     * @param filters the channels of the output
     * @return the convolution, in a block or bare
     */
    @Override
    public Block entry(int filters) {
        return order == ConvBlock.Order.CONVOLUTION_FIRST
                ? size3(filters, 1)
                : PaddedConv3d.ofSize3(filters, 1, padding, axes);
    }
}
