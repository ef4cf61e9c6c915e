/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import java.io.IOException;
import java.util.List;

/** The work of {@code gss ablate}. */
@FunctionalInterface
public interface Ablator {

    /**
     * Works through an experiment.
     *
     * @param request what is wanted
     * @param console where to tell about it
     * @return a line for each cell that failed
     * @throws IOException if writing fails
     */
    List<String> ablate(AblateRequest request, Console console) throws IOException;
}
