/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draws pictures beside work that does not depend on them. */
public final class Pictures {

    private static final Logger LOG = LoggerFactory.getLogger(Pictures.class);

    private Pictures() {}

    /**
     * Draws a picture. Whatever fails, also of the system's fonts and graphics, is one warning.
     *
     * @param picture the file, for the warning
     * @param drawing draws and writes
     */
    public static void attempt(Path picture, Runnable drawing) {
        try {
            drawing.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("{}: not drawn: {}", picture, e.toString().lines().findFirst().orElse(""));
            LOG.debug("{}", picture, e);
        }
    }
}
