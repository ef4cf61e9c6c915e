/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exponential and logarithm of lanes, called by name: tests are compiled without their module. */
class LaneMathTest {

    private static final String MATH = "io.github.gssloss.core.LaneMath";
    private static final String VECTOR = "jdk.incubator.vector.FloatVector";
    private static final String SPECIES = "jdk.incubator.vector.VectorSpecies";
    private static final int MANY = 4096;

    @BeforeEach
    void ifThereAreLanes() {
        assumeTrue(OnePass.isAvailable(), "Java runs without vectors");
    }

    private static float[] of(String function, float[] numbers)
            throws ReflectiveOperationException {
        Class<?> vector = Class.forName(VECTOR);
        Class<?> species = Class.forName(SPECIES);
        Field field = Class.forName(MATH).getDeclaredField("LANES");
        Object lanes = field.get(null);
        int length = (int) species.getMethod("length").invoke(lanes);
        Method load = vector.getMethod("fromArray", species, float[].class, int.class);
        Method store = vector.getMethod("intoArray", float[].class, int.class);
        Method math = Class.forName(MATH).getDeclaredMethod(function, vector);
        float[] results = new float[numbers.length];
        for (int i = 0; i < numbers.length; i += length) {
            store.invoke(math.invoke(null, load.invoke(null, lanes, numbers, i)), results, i);
        }
        return results;
    }

    /** The largest error in units of the last place of the exact result. */
    private static double worst(String function, float[] numbers, DoubleUnaryOperator exact)
            throws ReflectiveOperationException {
        float[] got = of(function, numbers);
        return IntStream.range(0, got.length)
                .mapToDouble(
                        i -> {
                            double wanted = exact.applyAsDouble(numbers[i]);
                            return Math.abs(got[i] - wanted) / Math.ulp((float) wanted);
                        })
                .max()
                .orElseThrow();
    }

    private static float[] numbers(double from, double to) {
        float[] numbers = new float[MANY];
        for (int i = 0; i < MANY; i++) {
            numbers[i] = (float) (from + (to - from) * i / (MANY - 1));
        }
        return numbers;
    }

    @Test
    void exponentialIsExactToAboutTheLastPlace() throws ReflectiveOperationException {
        assertThat(worst("exp", numbers(-1, 0), Math::exp)).isLessThan(1.2);
        assertThat(worst("exp", numbers(-87, 0), Math::exp)).isLessThan(1.2);
    }

    /** What is below the normal numbers is 0, down to minus infinity; NaN stays. */
    @Test
    void exponentialOfWhatIsFarBelowZeroIsZero() throws ReflectiveOperationException {
        float[] numbers = numbers(-1e4, -87.4);
        numbers[1] = Float.NEGATIVE_INFINITY;
        numbers[2] = -Float.MAX_VALUE;
        assertThat(of("exp", numbers)).containsOnly(0);
        numbers[1] = Float.NaN;
        assertThat(of("exp", numbers)[1]).isNaN();
    }

    /** From the clamp of a target to more than any number of classes. */
    @Test
    void logarithmIsExactToAboutTheLastPlace() throws ReflectiveOperationException {
        assertThat(worst("log", numbers(0.5, 2), Math::log)).isLessThan(1.2);
        assertThat(worst("log", numbers(1, 100), Math::log)).isLessThan(1.2);
        float[] powers = new float[MANY];
        for (int i = 0; i < MANY; i++) {
            powers[i] = (float) Math.exp(-27.6 + 36.0 * i / MANY);
        }
        assertThat(worst("log", powers, Math::log)).isLessThan(1.2);
        assertThat(of("log", numbers(1, 1))).containsOnly(0);
    }

    @Test
    void errorsAreMeasured() throws ReflectiveOperationException {
        assertThat(worst("log", numbers(1, 100), x -> Math.log(x) * (1 + 1e-6))).isGreaterThan(4);
    }
}
