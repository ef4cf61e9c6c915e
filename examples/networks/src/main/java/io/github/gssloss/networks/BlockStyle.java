/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.nn.Block;

/** How a network builds the blocks, of one convolution each, of its encoders and decoders. */
public interface BlockStyle {

    /**
     * Returns the axes that its convolutions work along.
     *
     * @return the axes
     */
    Axes axes();

    /**
     * Creates a block of a 1^3 convolution.
     *
     * @param filters the channels of the output
     * @return the block
     */
    Block size1(int filters);

    /**
     * Creates a block of a 3^3 convolution.
     *
     * @param filters the channels of the output
     * @param stride the step along each axis
     * @return the block
     */
    Block size3(int filters, int stride);

    /**
     * Creates what an encoder begins with: a 3^3 block of stride 1, unless a style says otherwise.
     *
     * @param filters the channels of the output
     * @return the block
     */
    default Block entry(int filters) {
        return size3(filters, 1);
    }
}
