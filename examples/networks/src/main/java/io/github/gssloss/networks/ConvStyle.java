/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.nn.Block;

/**
 * How a network builds its convolutions.
 *
 * @param order what a block does first
 * @param padding what its 3^3 convolutions see beyond the border
 */
public record ConvStyle(ConvBlock.Order order, PaddingMode padding) {

    /**
     * Creates a block of a 1^3 convolution.
     *
     * @param filters the channels of the output
     * @return the block
     */
    public ConvBlock size1(int filters) {
        return new ConvBlock(PaddedConv3d.ofSize1(filters), order);
    }

    /**
     * Creates a block of a 3^3 convolution.
     *
     * @param filters the channels of the output
     * @param stride the step along each axis
     * @return the block
     */
    public ConvBlock size3(int filters, int stride) {
        return new ConvBlock(PaddedConv3d.ofSize3(filters, stride, padding), order);
    }

    /**
     * Creates what an encoder begins with, a 3^3 convolution. Where the norm comes first it is
     * bare: it sees the images themselves.
     *
     * @param filters the channels of the output
     * @return the convolution, in a block or bare
     */
    public Block entry(int filters) {
        return order == ConvBlock.Order.CONVOLUTION_FIRST
                ? size3(filters, 1)
                : PaddedConv3d.ofSize3(filters, 1, padding);
    }
}
