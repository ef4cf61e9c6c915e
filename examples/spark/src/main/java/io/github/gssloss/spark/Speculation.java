/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import io.github.gssloss.files.UserInputException;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark's way to run a slow task a second time beside the first. */
final class Speculation {

    private static final String SETTING = "spark.speculation";

    private Speculation() {}

    /**
     * Checks that Spark does not do it.
     *
     * @param spark the cluster
     * @param why why not
     * @throws UserInputException if it does
     */
    static void refuse(JavaSparkContext spark, String why) {
        if (spark.getConf().getBoolean(SETTING, false)) {
            throw new UserInputException(SETTING + ": expected false, " + why + ", got true");
        }
    }
}
