/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Exponential and logarithm of every lane, to about one unit in the last place. Both split off a
 * power of 2, which is bits, and take a polynomial of the rest, fitted for the least relative
 * error.
 */
final class LaneMath {

    /** As many lanes as the processor has. */
    static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;

    /** Adding it rounds to whole numbers, which are then the lowest bits. */
    private static final float ROUNDING = 0x1.8p23f;

    private static final int EXPONENT_BIAS = 127;
    private static final int MANTISSA_BITS = 23;

    /** Below it the exponential, no normal number any more, is 0. */
    private static final float LEAST_EXPONENT = -87.33f;

    private static final float LOG2_E = 1.44269504f;

    /** ln 2 as a sum, of which the first has few bits: whole multiples of it are exact. */
    private static final float LN2_HIGH = 0.693359375f;

    private static final float LN2_LOW = -2.12194440e-4f;

    /**
     * The bits of the square root of 1/2: what a logarithm is of lies between it and its double.
     */
    private static final int SQRT_HALF = 0x3f3504f3;

    private LaneMath() {}

    static FloatVector all(float number) {
        return FloatVector.broadcast(LANES, number);
    }

    static FloatVector at(float[] rows, int index) {
        return FloatVector.fromArray(LANES, rows, index);
    }

    /** e<sup>x</sup> of x &lt;= 0. */
    static FloatVector exp(FloatVector x) {
        FloatVector shifted = x.fma(all(LOG2_E), all(ROUNDING + EXPONENT_BIAS));
        FloatVector n = shifted.sub(ROUNDING + EXPONENT_BIAS);
        FloatVector r = n.fma(all(-LN2_LOW), n.fma(all(-LN2_HIGH), x));
        FloatVector y = r.fma(all(0.0013814599f), all(0.008368717f));
        y = y.fma(r, all(0.04166839f)).fma(r, all(0.16666521f)).fma(r, all(0.49999994f));
        y = y.fma(r.mul(r), r).add(1);
        IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, MANTISSA_BITS);
        return y.mul(power.reinterpretAsFloats())
                .blend(0, x.compare(VectorOperators.LT, LEAST_EXPONENT));
    }

    /** log x of normal numbers x &gt; 0. */
    static FloatVector log(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        IntVector e = bits.sub(SQRT_HALF).lanewise(VectorOperators.ASHR, MANTISSA_BITS);
        IntVector rest = bits.sub(e.lanewise(VectorOperators.LSHL, MANTISSA_BITS));
        FloatVector f = rest.reinterpretAsFloats().sub(1);
        FloatVector n =
                e.add(Float.floatToRawIntBits(ROUNDING)).reinterpretAsFloats().sub(ROUNDING);
        FloatVector y = f.fma(all(-0.076344974f), all(0.12761582f));
        y = y.fma(f, all(-0.13160184f)).fma(f, all(0.14201757f)).fma(f, all(-0.16623357f));
        y = y.fma(f, all(0.20001227f)).fma(f, all(-0.2500082f)).fma(f, all(0.33333331f));
        FloatVector square = f.mul(f);
        y = square.fma(all(-0.5f), n.fma(all(LN2_LOW), y.mul(square).mul(f)));
        return n.fma(all(LN2_HIGH), y.add(f));
    }

    /** The larger in each lane; a comparison is faster than what treats NaN as Java does. */
    static FloatVector max(FloatVector a, FloatVector b) {
        return a.blend(b, b.compare(VectorOperators.GT, a));
    }

    static FloatVector min(FloatVector a, FloatVector b) {
        return a.blend(b, b.compare(VectorOperators.LT, a));
    }
}
